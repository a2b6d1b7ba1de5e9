"use client";

import { Images } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useStart } from "./use-start";

/** Opens a bulk draft with the chain of this session, ready for images. */
export function RunOnManyButton({ sessionId }: { sessionId: string }) {
  const start = useStart();
  return (
    <Button
      icon={<Images aria-hidden />}
      pending={start.pending}
      onClick={() => start.fromSession(sessionId, "bulk")}
    >
      Run on many
    </Button>
  );
}
