"use client";

import { BookmarkPlus, Ellipsis, FolderPlus, Images } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import type { SessionView } from "@/lib/sessions/wire";
import { plural } from "@/lib/words";
import { useFromResults } from "./use-from-results";
import { useStart } from "./use-start";

const SaveRecipeDialog = panelOnDemand(() =>
  import("./save-recipe-dialog").then((code) => code.SaveRecipeDialog),
);

type SessionMoreMenuProps = {
  view: Pick<SessionView, "id" | "kind" | "name" | "steps">;
  /** Last results there are. */
  completed: number;
};

/** What a session that has started can begin: another one from its results, its chain on many, a recipe. */
export function SessionMoreMenu({ view, completed }: SessionMoreMenuProps) {
  const [saving, setSaving] = useState(false);
  const results = useFromResults(view.id);
  const chain = useStart();
  return (
    <>
      <Menu
        label="More"
        trigger={
          <IconButton label="More" look="secondary" icon={<Ellipsis aria-hidden />} className="h-9 w-9" />
        }
      >
        <MenuItem
          icon={<FolderPlus aria-hidden />}
          disabled={completed === 0 || results.pending}
          onSelect={() => results.start("completed")}
        >
          {completed === 0 ? "New session from results" : `New session from ${plural(completed, "result")}`}
        </MenuItem>
        {view.kind === "bulk" && view.steps.length > 1 && (
          <MenuItem
            icon={<Images aria-hidden />}
            disabled={chain.pending}
            onSelect={() => chain.fromSession(view.id, "bulk")}
          >
            Run on many
          </MenuItem>
        )}
        <MenuItem icon={<BookmarkPlus aria-hidden />} onSelect={() => setSaving(true)}>
          Save as recipe
        </MenuItem>
      </Menu>
      {saving && <SaveRecipeDialog sessionId={view.id} name={view.name} onClose={() => setSaving(false)} />}
    </>
  );
}
