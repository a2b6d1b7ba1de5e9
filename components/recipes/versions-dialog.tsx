"use client";

import { FileJson } from "lucide-react";
import { LocalTime } from "@/components/sessions/local-time";
import { buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { RecipeDetails } from "@/lib/recipes/types";
import { NotLoaded } from "./not-loaded";
import { RecipeLine } from "./recipe-line";
import { StartButtons } from "./start-buttons";
import { useAnswer } from "./use-answer";

type VersionsDialogProps = { recipeId: string; name: string; onClose: () => void };

/** All versions of a recipe, each to begin with or to take away. */
export function VersionsDialog({ recipeId, name, onClose }: VersionsDialogProps) {
  const { answer, failed, retry } = useAnswer<RecipeDetails>(`/api/recipes/${recipeId}`);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={name}
      description="Each save adds a version; earlier ones stay as they are."
      size="large"
    >
      {failed && <NotLoaded onRetry={retry} />}
      <ul aria-busy={!answer && !failed} className="min-h-20 border-line border-t">
        {answer?.versions.map(({ id, version, prompts, createdAt }) => (
          <RecipeLine
            key={id}
            name={`Version ${version}`}
            facts={<LocalTime at={createdAt} />}
            prompts={prompts}
            actions={
              <>
                <StartButtons from={{ recipeVersionId: id }} name={`version ${version} of ${name}`} />
                <a
                  href={`/api/recipes/${recipeId}/file?version=${version}`}
                  download
                  aria-label={`Export version ${version} as file`}
                  className={buttonClass("ghost", "small")}
                >
                  <FileJson aria-hidden />
                  File
                </a>
              </>
            }
          />
        ))}
      </ul>
    </Dialog>
  );
}
