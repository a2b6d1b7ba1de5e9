"use client";

import { Download, PencilLine, RefreshCw } from "lucide-react";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Pill } from "@/components/ui/pill";
import { groupOf } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";
import { edgeWords, numberWords, statusWords } from "./item-words";
import type { TileCommands } from "./tile";

type TileEdgeProps = {
  item: ItemRow;
  name: string;
  selected: boolean;
  /** The box to select it is shown. */
  selectable: boolean;
  /** Source and result stand side by side below. */
  beside: boolean;
  commands: TileCommands;
};

/** Above the frame: number, mark of a prompt of its own, time. */
export function TileEdge({ item, name, selected, selectable, beside, commands }: TileEdgeProps) {
  return (
    <div className="edge-print relative flex h-6 items-center gap-1 pb-1.5">
      {selectable && (
        <Checkbox
          checked={selected}
          onChange={() => commands.select(item.id, "toggle")}
          label={`Select ${name}`}
          tabIndex={-1}
          className="-my-1 -ml-1 size-6"
        />
      )}
      <span>
        {beside || selectable ? "" : "→ "}
        {numberWords(item.position)}
        {item.ownPrompt && <PencilLine className="ml-1 inline size-3" aria-label="Its own prompt" />}
      </span>
      {beside && (
        <span aria-hidden className="absolute left-1/2 -translate-x-1/2">
          →
        </span>
      )}
      <span className="ml-auto truncate">{edgeWords(item)}</span>
    </div>
  );
}

type TileCaptionProps = { item: ItemRow; name: string; height: number; hot: boolean; commands: TileCommands };

/** Below the frame: name and state; under the pointer what can be done with it. */
export function TileCaption({ item, name, height, hot, commands }: TileCaptionProps) {
  const { tone, icon, text, turning } = statusWords(item);
  const acts = hot && groupOf(item.status) !== "in-progress";
  return (
    <div className="flex flex-wrap content-center items-center gap-x-2 gap-y-0.5 pt-1" style={{ height }}>
      <span className="min-w-0 flex-1 basis-28 truncate text-dense" title={name}>
        {name}
      </span>
      {acts ? (
        <TileActions item={item} commands={commands} />
      ) : (
        <Pill tone={tone} icon={icon} turning={turning}>
          {text}
        </Pill>
      )}
    </div>
  );
}

function TileActions({ item, commands }: { item: ItemRow; commands: TileCommands }) {
  return (
    <span className="-mr-1.5 flex shrink-0">
      {item.imageId && (
        <IconButton
          label="Download"
          keys="D"
          tabIndex={-1}
          className="size-7"
          icon={<Download aria-hidden />}
          onClick={() => commands.download(item.id)}
        />
      )}
      <IconButton
        label={item.imageId ? "Regenerate…" : "Retry"}
        keys="R"
        tabIndex={-1}
        className="size-7"
        icon={<RefreshCw aria-hidden />}
        onClick={() => commands.redo(item.id)}
      />
    </span>
  );
}
