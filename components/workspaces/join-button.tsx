"use client";

import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { joinWorkspaceAction } from "@/lib/workspaces/actions";

type JoinButtonProps = { token: string; who: string };

export function JoinButton({ token, who }: JoinButtonProps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function join() {
    setPending(true);
    const result = await answered(joinWorkspaceAction({ token }));
    // A whole page load: everything rendered for another workspace is thrown away.
    if (result.ok) return window.location.assign("/sessions");
    setPending(false);
    setProblem(result.words);
  }
  return (
    <>
      <Button look="primary" size="large" className="mt-6 w-full" pending={pending} onClick={join}>
        Join as {who}
      </Button>
      <p role="alert" className="mt-3 text-dense text-err empty:hidden">
        {problem}
      </p>
    </>
  );
}
