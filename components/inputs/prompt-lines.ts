import { MAX_INPUTS } from "@/lib/inputs/constants";
import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import { countWords } from "@/lib/words";

/** One prompt a line; empty lines and spaces around are left out. `error` in words, where they cannot be taken. */
export function promptLines(text: string): { prompts: string[]; error: string | null } {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.trim());
  const prompts = lines.filter(Boolean);
  const long = lines.flatMap((line, index) => (line.length > MAX_PROMPT_CHARS ? index + 1 : []));
  if (prompts.length > MAX_INPUTS) {
    const over = prompts.length - MAX_INPUTS;
    return {
      prompts,
      error: `${countWords(prompts.length)} prompts; one session holds ${countWords(MAX_INPUTS)}. Take out ${countWords(over)}.`,
    };
  }
  if (long.length === 0) return { prompts, error: null };
  const named = long.slice(0, 3).join(", ");
  const which = long.length > 3 ? `Lines ${named} and ${long.length - 3} more` : `Line ${named}`;
  return {
    prompts,
    error: `${which}: over ${countWords(MAX_PROMPT_CHARS)} characters, the longest a prompt may be. Shorten, then add.`,
  };
}
