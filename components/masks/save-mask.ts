import type { AttachedStore } from "@/components/references/attached-store";
import { registerFiles } from "@/components/uploads/register-files";
import { sendFile } from "@/components/uploads/send-file";
import { refusalWords } from "@/lib/images/refusals";

export type SavedMask = { ok: true; maskId: string } | { ok: false; words: string };

const KEPT = "The mask is still here; save again.";
const WAIT_MS = 60_000;

/** Sends a mask like any upload and resolves when the server has looked at it. `attached` is asked for its state. */
export async function saveMask(
  attached: AttachedStore,
  { inputId, file }: { inputId: string; file: File },
): Promise<SavedMask> {
  const target = { role: "mask", forInputId: inputId } as const;
  for await (const answer of registerFiles(attached.sessionId, [{ file, path: "" }], target)) {
    if (!answer.ok) return { ok: false, words: `${answer.words} ${KEPT}` };
    const [registered] = answer.registered;
    if (!registered) continue;
    const sent = await sendFile({
      inputId: registered.inputId,
      file,
      signal: AbortSignal.timeout(WAIT_MS),
      onProgress: () => {},
    });
    if (!sent.ok) return { ok: false, words: `${sent.words} ${KEPT}` };
    return whenLookedAt(attached, registered.inputId);
  }
  return { ok: false, words: `The mask was not saved. ${KEPT}` };
}

async function whenLookedAt(attached: AttachedStore, maskId: string): Promise<SavedMask> {
  const until = Date.now() + WAIT_MS;
  for (let wait = 100; Date.now() < until; wait = Math.min(wait * 1.5, 1_000)) {
    await attached.load();
    const row = attached.get().rows.find(({ id }) => id === maskId);
    if (row?.state === "ready") return { ok: true, maskId };
    if (row?.refusal) return { ok: false, words: refusalWords(row.refusal, row.name) };
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return {
    ok: false,
    words: "The mask was sent; the server has not looked at it yet. Close this and look again later.",
  };
}
