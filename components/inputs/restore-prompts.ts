import type { PromptBefore } from "@/components/uploads/prompt-files";
import type { InputEdits } from "./use-input-edits";

/** Puts back what rows had, in few requests. Null when all are saved, else words. */
export async function restorePrompts(
  before: readonly PromptBefore[],
  { setPrompt, setPrompts }: Pick<InputEdits, "setPrompt" | "setPrompts">,
): Promise<string | null> {
  const pairs = before.filter(({ mode }) => mode === "replace");
  const words = await setPrompts(pairs.map(({ inputId, prompt }) => ({ inputId, prompt })));
  if (words) return words;
  for (const { ids, mode, prompt } of alike(before.filter((one) => one.mode !== "replace"))) {
    const refused = await setPrompt(ids, { mode, prompt });
    if (refused) return refused;
  }
  return null;
}

function alike(before: readonly PromptBefore[]) {
  const groups = new Map<string, Omit<PromptBefore, "inputId"> & { ids: string[] }>();
  for (const { inputId, mode, prompt } of before) {
    const known = groups.get(`${mode} ${prompt}`);
    if (known) known.ids.push(inputId);
    else groups.set(`${mode} ${prompt}`, { ids: [inputId], mode, prompt });
  }
  return groups.values();
}
