"use client";

import { useState } from "react";
import { LocalTime } from "@/components/sessions/local-time";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import type { RecipeRow as Row } from "@/lib/recipes/types";
import { plural } from "@/lib/words";
import { RecipeLine } from "./recipe-line";
import { RecipeMenu } from "./recipe-menu";
import { StartButtons } from "./start-buttons";

const VersionsDialog = panelOnDemand(() => import("./versions-dialog").then((code) => code.VersionsDialog));
const RenameDialog = panelOnDemand(() => import("./rename-dialog").then((code) => code.RenameDialog));

/** A recipe of one's own at its newest version. Its name opens all versions. */
export function RecipeRow({ row }: { row: Row }) {
  const [open, setOpen] = useState<"versions" | "rename" | null>(null);
  const close = () => setOpen(null);
  return (
    <RecipeLine
      name={
        <button
          type="button"
          className="max-w-full truncate text-left underline-offset-4 hover:underline"
          onClick={() => setOpen("versions")}
        >
          {row.name}
        </button>
      }
      facts={
        <>
          <span>version {row.version}</span>·<span>{plural(row.prompts.length, "step")}</span>·
          <LocalTime at={row.updatedAt} />
        </>
      }
      prompts={row.prompts}
      actions={
        <>
          <StartButtons from={{ recipeVersionId: row.versionId }} name={row.name} />
          <RecipeMenu row={row} onVersions={() => setOpen("versions")} onRename={() => setOpen("rename")} />
          {open === "versions" && <VersionsDialog recipeId={row.id} name={row.name} onClose={close} />}
          {open === "rename" && <RenameDialog recipeId={row.id} name={row.name} onClose={close} />}
        </>
      }
    />
  );
}
