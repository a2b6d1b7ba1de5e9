"use client";

import type { OwnPrompt } from "@/components/prompts/own-prompt-dialog";
import type { LiveSession } from "@/components/sessions/use-session-feed";
import { useToast } from "@/components/ui/toast";
import type { UploadStore } from "@/components/uploads/upload-store";
import {
  excludeInputsAction,
  removeInputsAction,
  removeMatchingAction,
  restoreInputsAction,
  setInputPromptAction,
  setInputPromptsAction,
} from "@/lib/inputs/actions";
import { MAX_OWN_PROMPTS } from "@/lib/inputs/constants";
import type { Result } from "@/lib/result";
import { plural } from "@/lib/words";
import { patchInputs } from "./patch-inputs";

/** Of the prompts in one request: a server action takes 1 MB, and a letter may take 3 bytes. */
const REQUEST_CHARS = 200_000;
const AWAY = "The server can't be reached. Nothing was changed; try again.";

export type InputEdits = ReturnType<typeof useInputEdits>;

/** Changes of the list: shown at once, taken back when the server refuses, undone from the message. */
export function useInputEdits({ store, poke }: LiveSession, uploads: UploadStore) {
  const toast = useToast();
  const { sessionId } = store;

  async function settle(run: () => Promise<Result<unknown>>, takeBack: () => void): Promise<string | null> {
    const words = await wordsOf(run);
    if (words) takeBack();
    poke();
    return words;
  }

  async function restore(ids: readonly string[]) {
    patchInputs(store, ids, { removed: false });
    const rows = ids.flatMap((id) => store.get().inputs.get(id) ?? []);
    const words = await settle(
      () => restoreInputsAction({ sessionId, inputIds: [...ids] }),
      () => patchInputs(store, ids, { removed: true }),
    );
    if (words) toast.show({ tone: "error", text: words });
    else uploads.restore(rows);
  }

  function offerUndo(ids: readonly string[]) {
    toast.show({
      text: `${plural(ids.length, "image")} removed`,
      action: { label: "Undo", onPress: () => void restore(ids) },
    });
  }

  return {
    async remove(ids: readonly string[]) {
      if (ids.length === 0) return;
      patchInputs(store, ids, { removed: true });
      uploads.drop(ids);
      const words = await settle(
        () => removeInputsAction({ sessionId, inputIds: [...ids] }),
        () => patchInputs(store, ids, { removed: false }),
      );
      if (words) toast.show({ tone: "error", text: words });
      else offerUndo(ids);
    },
    async removeMatching(match: "refused" | "duplicates" | "missing") {
      const answer = await removeMatchingAction({ sessionId, match }).catch(() => null);
      poke();
      if (!answer?.ok) return toast.show({ tone: "error", text: answer?.words ?? AWAY });
      patchInputs(store, answer.value.inputIds, { removed: true });
      if (answer.value.changed > 0) offerUndo(answer.value.inputIds);
    },
    /** Leaves images out of the run, or takes them in again. */
    async exclude(ids: readonly string[], excluded: boolean) {
      patchInputs(store, ids, { excluded });
      const words = await settle(
        () => excludeInputsAction({ sessionId, inputIds: [...ids], excluded }),
        () => patchInputs(store, ids, { excluded: !excluded }),
      );
      if (words) toast.show({ tone: "error", text: words });
    },
    /** A prompt of its own for each. Null when all are saved, else words. */
    async setPrompts(pairs: readonly { inputId: string; prompt: string }[]): Promise<string | null> {
      for (const prompts of requestsOf(pairs)) {
        const words = await wordsOf(() => setInputPromptsAction({ sessionId, prompts }));
        poke();
        if (words) return words;
        for (const { inputId, prompt } of prompts) {
          patchInputs(store, [inputId], { promptMode: "replace", promptStart: prompt.slice(0, 200) });
        }
      }
      return null;
    },
    /** Null when saved, else words. */
    async setPrompt(ids: readonly string[], { mode, prompt }: OwnPrompt): Promise<string | null> {
      const words = await wordsOf(() =>
        setInputPromptAction({ sessionId, inputIds: [...ids], mode, prompt }),
      );
      if (words) return words;
      const own = mode === "inherit" ? "" : prompt.slice(0, 200);
      patchInputs(store, ids, { promptMode: mode, promptStart: own });
      poke();
      return null;
    },
  };
}

/** Pairs in parts that fit into a request. */
function requestsOf<Pair extends { prompt: string }>(pairs: readonly Pair[]): Pair[][] {
  const parts: Pair[][] = [];
  let room = 0;
  for (const pair of pairs) {
    const last = parts.at(-1);
    if (last && last.length < MAX_OWN_PROMPTS && room >= pair.prompt.length) last.push(pair);
    else {
      parts.push([pair]);
      room = REQUEST_CHARS;
    }
    room -= pair.prompt.length;
  }
  return parts;
}

async function wordsOf(run: () => Promise<Result<unknown>>): Promise<string | null> {
  try {
    const answer = await run();
    return answer.ok ? null : answer.words;
  } catch {
    return AWAY;
  }
}
