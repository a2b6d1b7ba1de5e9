"use client";

import { FolderPlus } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ResultSet } from "@/lib/sessions/types";
import { countWords } from "@/lib/words";
import { useFromResults } from "./use-from-results";

type FromResultsButtonProps = { sessionId: string; results: ResultSet; count: number };

/** Opens a draft whose images are these results. */
export function FromResultsButton({ sessionId, results, count }: FromResultsButtonProps) {
  const { pending, start } = useFromResults(sessionId);
  return (
    <Button size="small" icon={<FolderPlus aria-hidden />} pending={pending} onClick={() => start(results)}>
      {`New session from ${countWords(count)}`}
    </Button>
  );
}
