"use client";

import { BookmarkPlus, Copy, Ellipsis, FolderOpen, Images, Share2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { answered } from "@/components/items/use-item-actions";
import { useStart } from "@/components/recipes/use-start";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import { useToast } from "@/components/ui/toast";
import { deleteSessionAction, duplicateSessionAction, restoreSessionAction } from "@/lib/sessions/actions";
import type { SessionListRow } from "@/lib/sessions/wire";
import { useSuccessorFocus } from "./use-successor-focus";

const ShareDialog = panelOnDemand(() =>
  import("@/components/shares/share-dialog").then((code) => code.ShareDialog),
);

const SaveRecipeDialog = panelOnDemand(() =>
  import("@/components/recipes/save-recipe-dialog").then((code) => code.SaveRecipeDialog),
);

/** What can be done with a session from the list. */
export function SessionMenu({ row }: { row: SessionListRow }) {
  const router = useRouter();
  const toast = useToast();
  const [panel, setPanel] = useState<"share" | "recipe" | null>(null);
  const start = useStart();
  const [, startTransition] = useTransition();
  const button = useRef<HTMLButtonElement>(null);
  const leave = useSuccessorFocus(button);
  const hasChain = row.kind === "serial" || row.stepCount > 1;
  const started = row.state !== "draft" && row.state !== "scheduled";

  function closePanel() {
    setPanel(null);
    // The item that opened the panel went with its menu.
    setTimeout(() => button.current?.focus());
  }
  function duplicate() {
    startTransition(async () => {
      const result = await answered(duplicateSessionAction({ sessionId: row.id }));
      if (result.ok) router.push(`/sessions/${result.value.id}`);
      else toast.show({ tone: "error", text: result.words });
    });
  }
  function remove() {
    startTransition(async () => {
      const stay = leave();
      const result = await answered(deleteSessionAction({ sessionId: row.id }));
      if (!result.ok) stay();
      router.refresh();
      if (!result.ok) toast.show({ tone: "error", text: result.words });
      else
        toast.show({
          text: `“${row.name}” deleted. It is kept for 30 days.`,
          action: { label: "Undo", onPress: restore },
        });
    });
  }
  function restore() {
    startTransition(async () => {
      const result = await answered(restoreSessionAction({ sessionId: row.id }));
      router.refresh();
      if (!result.ok) toast.show({ tone: "error", text: result.words });
    });
  }
  return (
    <div className="relative">
      <Menu
        label={`Actions for ${row.name}`}
        trigger={
          <IconButton ref={button} label={`Actions for ${row.name}`} icon={<Ellipsis aria-hidden />} />
        }
      >
        <MenuItem asChild>
          <Link href={`/sessions/${row.id}`}>
            <FolderOpen aria-hidden />
            Open
          </Link>
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden />} onSelect={duplicate}>
          Duplicate as draft
        </MenuItem>
        {hasChain && (
          <MenuItem icon={<Images aria-hidden />} onSelect={() => start.fromSession(row.id, "bulk")}>
            Run on many
          </MenuItem>
        )}
        <MenuItem icon={<BookmarkPlus aria-hidden />} onSelect={() => setPanel("recipe")}>
          Save as recipe
        </MenuItem>
        {started && (
          <MenuItem icon={<Share2 aria-hidden />} onSelect={() => setPanel("share")}>
            Share
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={remove}>
          Delete
        </MenuItem>
      </Menu>
      {panel === "share" && <ShareDialog sessionId={row.id} onClose={closePanel} />}
      {panel === "recipe" && <SaveRecipeDialog sessionId={row.id} name={row.name} onClose={closePanel} />}
    </div>
  );
}
