"use client";

import { Ellipsis, FileJson, History, Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useTransition } from "react";
import { answered } from "@/components/items/use-item-actions";
import { useSuccessorFocus } from "@/components/sessions/list/use-successor-focus";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { deleteRecipeAction, restoreRecipeAction } from "@/lib/recipes/actions";
import type { RecipeRow } from "@/lib/recipes/types";

type RecipeMenuProps = { row: RecipeRow; onVersions: () => void; onRename: () => void };

/** What can be done with a recipe from the list. */
export function RecipeMenu({ row, onVersions, onRename }: RecipeMenuProps) {
  const router = useRouter();
  const toast = useToast();
  const [, startTransition] = useTransition();
  const button = useRef<HTMLButtonElement>(null);
  const leave = useSuccessorFocus(button);

  function remove() {
    startTransition(async () => {
      const stay = leave();
      const result = await answered(deleteRecipeAction({ recipeId: row.id }));
      if (!result.ok) stay();
      router.refresh();
      if (!result.ok) toast.show({ tone: "error", text: result.words });
      else
        toast.show({
          text: `“${row.name}” deleted. Sessions made from it stay as they are.`,
          action: { label: "Undo", onPress: restore },
        });
    });
  }
  function restore() {
    startTransition(async () => {
      const result = await answered(restoreRecipeAction({ recipeId: row.id }));
      router.refresh();
      if (!result.ok) toast.show({ tone: "error", text: result.words });
    });
  }
  return (
    <Menu
      label={`Actions for ${row.name}`}
      trigger={<IconButton ref={button} label={`Actions for ${row.name}`} icon={<Ellipsis aria-hidden />} />}
    >
      <MenuItem icon={<History aria-hidden />} onSelect={onVersions}>
        Versions
      </MenuItem>
      <MenuItem icon={<Pencil aria-hidden />} onSelect={onRename}>
        Rename
      </MenuItem>
      <MenuItem asChild>
        <a href={`/api/recipes/${row.id}/file`} download>
          <FileJson aria-hidden />
          Export as file
        </a>
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={remove}>
        Delete
      </MenuItem>
    </Menu>
  );
}
