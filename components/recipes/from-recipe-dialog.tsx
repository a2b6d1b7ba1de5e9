"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SearchField } from "@/components/ui/search-field";
import { READY_MADE } from "@/lib/recipes/ready-made";
import type { RecipeSource, RecipesAnswer } from "@/lib/recipes/types";
import { plural } from "@/lib/words";
import { NotLoaded } from "./not-loaded";
import { RecipeLine } from "./recipe-line";
import { useAnswer } from "./use-answer";
import { type Kind, useStart } from "./use-start";

type FromRecipeDialogProps = { kind: Kind; onClose: () => void };

/** Recipes to begin a draft of that kind with: one's own, then those that ship. */
export function FromRecipeDialog({ kind, onClose }: FromRecipeDialogProps) {
  const [search, setSearch] = useState("");
  const start = useStart();
  const address = `/api/recipes?q=${encodeURIComponent(search)}`;
  const { answer, failed, retry } = useAnswer<RecipesAnswer>(address);
  const use = (from: RecipeSource, name: string) => (
    <Button
      size="small"
      aria-label={`Start from ${name}`}
      disabled={start.pending}
      onClick={() => start.fromRecipe(from, kind)}
    >
      Start
    </Button>
  );
  const isNone = answer?.recipes.length === 0 && search !== "";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Start from a recipe"
      description={
        kind === "bulk" ? "Its steps run over every image you add." : "Its steps run on one image."
      }
      size="large"
    >
      <SearchField
        label="Search recipes by name or prompt"
        placeholder="Name or prompt"
        search={search}
        onSearch={setSearch}
        className="mb-3"
      />
      {failed && <NotLoaded onRetry={retry} />}
      {isNone && (
        <p className="py-4 text-dense text-ink-2">{`No recipe with “${search}” in its name or prompts.`}</p>
      )}
      <ul aria-busy={!answer && !failed} className="border-line border-t">
        {answer?.recipes.map(({ id, versionId, name, version, prompts }) => (
          <RecipeLine
            key={id}
            name={name}
            facts={`version ${version} · ${plural(prompts.length, "step")}`}
            prompts={prompts}
            actions={use({ recipeVersionId: versionId }, name)}
          />
        ))}
        {search === "" &&
          READY_MADE.map(({ id, name, content }) => (
            <RecipeLine
              key={id}
              name={name}
              facts={`ready-made · ${plural(content.steps.length, "step")}`}
              prompts={content.steps.map(({ prompt }) => prompt ?? "")}
              actions={use({ readyMadeId: id }, name)}
            />
          ))}
      </ul>
    </Dialog>
  );
}
