"use client";

import { useToast } from "@/components/ui/toast";
import { removeInputsAction, restoreInputsAction } from "@/lib/inputs/actions";
import type { Result } from "@/lib/result";
import { attachedOf } from "./attached-store";

const AWAY = "The server can't be reached. Nothing was changed; try again.";

/** Takes attached files away, at once and with undo. `what` says what went: "Mask removed". */
export function useAttachedEdits(sessionId: string) {
  const toast = useToast();
  const store = attachedOf(sessionId);

  async function settle(run: () => Promise<Result<unknown>>): Promise<boolean> {
    const answer = await run().catch(() => ({ ok: false, words: AWAY }) as const);
    if (!answer.ok) toast.show({ tone: "error", text: answer.words });
    void store.load();
    return answer.ok;
  }

  const restore = (inputIds: string[]) => settle(() => restoreInputsAction({ sessionId, inputIds }));

  return {
    async remove(ids: readonly string[], what: string) {
      const inputIds = [...ids];
      store.drop(inputIds);
      if (!(await settle(() => removeInputsAction({ sessionId, inputIds })))) return;
      toast.show({ text: what, action: { label: "Undo", onPress: () => void restore(inputIds) } });
    },
    /** Takes back that `made` took the place of `replaced`. */
    async putBack({ made, replaced }: { made: string[]; replaced: string[] }) {
      if (made.length > 0) await settle(() => removeInputsAction({ sessionId, inputIds: made }));
      if (replaced.length > 0) await restore(replaced);
    },
  };
}
