"use client";

import { BookMarked, ChevronDown, Images } from "lucide-react";
import { useUrlState } from "@/components/sessions/use-url-state";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import type { Kind } from "./use-start";

const FromRecipe = panelOnDemand(() => import("./from-recipe-dialog").then((code) => code.FromRecipeDialog));
const FromSession = panelOnDemand(() =>
  import("./from-session-dialog").then((code) => code.FromSessionDialog),
);

/** On New: begins with a recipe or an earlier session instead of nothing. */
export function StartFromMenu() {
  const url = useUrlState();
  return (
    <Menu
      label="Start from"
      align="start"
      trigger={
        <Button size="small" look="ghost">
          <span className="flex items-center gap-1">
            Start from
            <ChevronDown aria-hidden />
          </span>
        </Button>
      }
    >
      <MenuItem icon={<BookMarked aria-hidden />} onSelect={() => url.set({ from: "recipe" })}>
        A recipe
      </MenuItem>
      <MenuItem icon={<Images aria-hidden />} onSelect={() => url.set({ from: "session" })}>
        An earlier session
      </MenuItem>
    </Menu>
  );
}

/** What that menu opens, and so does `?from=recipe|session`. Drafts are made of that kind. */
export function StartFromPanel({ kind }: { kind: Kind }) {
  const url = useUrlState();
  const close = () => url.set({ from: null });
  switch (url.params.get("from")) {
    case "recipe":
      return <FromRecipe kind={kind} onClose={close} />;
    case "session":
      return <FromSession kind={kind} onClose={close} />;
    default:
      return null;
  }
}
