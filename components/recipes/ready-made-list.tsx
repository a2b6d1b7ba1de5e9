import { READY_MADE } from "@/lib/recipes/ready-made";
import { plural } from "@/lib/words";
import { RecipeLine } from "./recipe-line";
import { StartButtons } from "./start-buttons";

/** Recipes that ship, to begin with or to make one's own from. */
export function ReadyMadeList() {
  return (
    <section aria-labelledby="ready-made">
      <h2 id="ready-made" className="px-4 pt-6 pb-2 font-semibold text-base sm:px-5">
        Ready-made recipes
      </h2>
      <ul className="border-line border-t">
        {READY_MADE.map(({ id, name, words, content }) => (
          <RecipeLine
            key={id}
            name={name}
            facts={`${plural(content.steps.length, "step")} · ${words}`}
            prompts={content.steps.map(({ prompt }) => prompt ?? "")}
            actions={<StartButtons from={{ readyMadeId: id }} name={name} />}
          />
        ))}
      </ul>
    </section>
  );
}
