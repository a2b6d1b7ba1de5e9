import { ArrowRight } from "lucide-react";
import { plural } from "@/lib/words";

/** What the steps of a recipe do, one after the other. */
export function RecipePrompts({ prompts }: { prompts: readonly string[] }) {
  return (
    <ol
      aria-label={plural(prompts.length, "step")}
      className="flex flex-wrap gap-x-1.5 text-dense text-ink-2"
    >
      {prompts.map((prompt, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <li key={at} className="flex min-w-0 max-w-full gap-1.5">
          {at > 0 && <ArrowRight className="mt-1 size-3.5 shrink-0 self-start text-ink-3" aria-hidden />}
          <span className="line-clamp-2 break-words">{prompt.trim() || "no prompt"}</span>
        </li>
      ))}
    </ol>
  );
}
