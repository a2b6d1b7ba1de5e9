import type { ReactNode } from "react";
import { RecipePrompts } from "./recipe-prompts";

type RecipeLineProps = {
  name: ReactNode;
  facts: ReactNode;
  prompts: readonly string[];
  actions: ReactNode;
};

/** One recipe: what it is called, what it does, and how to begin with it. */
export function RecipeLine({ name, facts, prompts, actions }: RecipeLineProps) {
  return (
    <li
      data-session-row
      className="grid items-center gap-x-5 gap-y-2 border-line border-b bg-surface px-4 py-3 sm:px-5 md:grid-cols-[minmax(0,1fr)_auto]"
    >
      <div className="flex min-w-0 flex-col gap-1">
        <div className="min-w-0 font-medium">{name}</div>
        <RecipePrompts prompts={prompts} />
        <p className="edge-print flex flex-wrap gap-x-1.5">{facts}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2">{actions}</div>
    </li>
  );
}
