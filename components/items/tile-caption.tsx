"use client";

import { Download, PencilLine } from "lucide-react";
import { mayGoNow } from "@/components/batches/economy-items";
import type { SheetRow } from "@/components/sessions/chain-rows";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Pill } from "@/components/ui/pill";
import { groupOf } from "@/lib/items/status";
import { edgeWords, numberWords, redoLabel, statusWords } from "./item-words";
import { RedoIcon } from "./redo-icon";
import type { TileCommands } from "./tile";
import type { TileGeometry } from "./tile-geometry";

type TileEdgeProps = {
  /** Of the tile. */
  id: string;
  item: SheetRow;
  name: string;
  selected: boolean;
  /** The box to select it is shown. */
  selectable: boolean;
  /** Source and result stand side by side below. */
  beside: boolean;
  commands: TileCommands;
};

/** Above the frame: number, mark of a prompt of its own, time. */
export function TileEdge({ id, item, name, selected, selectable, beside, commands }: TileEdgeProps) {
  return (
    <div className="edge-print relative flex h-6 items-center gap-1 pb-1.5">
      {selectable && (
        <Checkbox
          checked={selected}
          onChange={() => commands.select(id, "toggle")}
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

type TileCaptionProps = {
  /** Of the tile. */
  id: string;
  item: SheetRow;
  name: string;
  geometry: TileGeometry;
  hot: boolean;
  commands: TileCommands;
};

/** Room for a state with its step beside the name. */
const WIDE = 280;

/** Below the frame: name and state; under the pointer what can be done with it. */
export function TileCaption({ id, item, name, geometry, hot, commands }: TileCaptionProps) {
  const { tone, icon, text, detail, turning } = statusWords(item);
  const acts = hot && (groupOf(item.status) !== "in-progress" || mayGoNow(item));
  const height = geometry.caption;
  return (
    <div className="flex flex-wrap content-center items-center gap-x-2 gap-y-0.5 pt-1" style={{ height }}>
      <span className="min-w-0 flex-1 basis-28 truncate text-dense" title={name}>
        {name}
      </span>
      {acts ? (
        <TileActions id={id} item={item} commands={commands} />
      ) : (
        <Pill tone={tone} icon={icon} turning={turning}>
          {detail && geometry.tile >= WIDE ? `${text} · ${detail}` : text}
        </Pill>
      )}
    </div>
  );
}

function TileActions({ id, item, commands }: Pick<TileCaptionProps, "id" | "item" | "commands">) {
  return (
    <span className="-mr-1.5 flex shrink-0">
      {item.imageId && (
        <IconButton
          label="Download"
          keys="D"
          tabIndex={-1}
          className="size-7"
          icon={<Download aria-hidden />}
          onClick={() => commands.download(id)}
        />
      )}
      <IconButton
        label={redoLabel(item)}
        keys="R"
        tabIndex={-1}
        className="size-7"
        icon={<RedoIcon item={item} />}
        onClick={() => commands.redo(id)}
      />
    </span>
  );
}
