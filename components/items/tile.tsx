"use client";

import { Download, PencilLine, RefreshCw } from "lucide-react";
import { memo } from "react";
import type { SessionStore } from "@/components/sessions/session-store";
import { useFeed, useInput, useItem } from "@/components/sessions/use-session-feed";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Pill } from "@/components/ui/pill";
import type { ItemRow } from "@/lib/items/wire";
import { edgeWords, statusWords, tileName } from "./item-words";
import { TileFrame } from "./tile-frame";
import type { TileGeometry, TileLayout } from "./tile-geometry";

/** What a tile may ask of the grid. One object for all tiles, so that they are not rendered again for it. */
export type TileCommands = {
  open: (id: string) => void;
  select: (id: string, how: "toggle" | "range") => void;
  focus: (id: string) => void;
  redo: (id: string) => void;
  download: (id: string) => void;
};

type TileProps = {
  store: SessionStore;
  id: string;
  index: number;
  count: number;
  geometry: TileGeometry;
  layout: TileLayout;
  selected: boolean;
  /** The one tile that Tab reaches. */
  current: boolean;
  commands: TileCommands;
};

/** One frame of the sheet: edge print, source and result, name and state. */
export const Tile = memo(function Tile(props: TileProps) {
  const { store, id, index, count, geometry, layout, selected, current, commands } = props;
  const item = useItem(store, id);
  const input = useInput(store, item?.inputId ?? "");
  const place = useFeed(store, (state) => state.line.get(id));
  if (!item) return null;
  const name = input?.name ?? `Image ${item.position}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid of tiles is no table
    <div
      role="gridcell"
      tabIndex={-1}
      aria-selected={selected}
      className="group/tile flex min-w-0 flex-col outline-none"
      style={{ width: geometry.tile }}
    >
      <Edge item={item} name={name} selected={selected} pair={layout === "pair"} commands={commands} />
      <button
        type="button"
        data-tile={id}
        tabIndex={current ? 0 : -1}
        aria-label={tileName(item, { name, index, count })}
        onFocus={() => commands.focus(id)}
        onClick={(event) => {
          if (event.shiftKey) commands.select(id, "range");
          else if (event.metaKey || event.ctrlKey) commands.select(id, "toggle");
          else commands.open(id);
        }}
        className={cn(
          "relative block outline-offset-3",
          selected && "outline-2 outline-accent outline-offset-3 focus-visible:outline-4",
        )}
        style={{ height: geometry.frame.height }}
      >
        <TileFrame
          item={item}
          input={input}
          geometry={geometry}
          layout={layout}
          place={place}
          store={store}
        />
      </button>
      <Caption item={item} name={name} commands={commands} />
    </div>
  );
});

type EdgeProps = { item: ItemRow; name: string; selected: boolean; pair: boolean; commands: TileCommands };

function Edge({ item, name, selected, pair, commands }: EdgeProps) {
  return (
    <div className="edge-print relative flex h-5 items-center gap-1.5">
      <span
        className={cn(
          "-ml-2 grid size-6 place-items-center group-focus-within/tile:opacity-100 group-hover/tile:opacity-100 pointer-coarse:opacity-100",
          selected ? "opacity-100" : "opacity-0",
        )}
      >
        <Checkbox
          checked={selected}
          onChange={() => commands.select(item.id, "toggle")}
          label={`Select ${name}`}
          tabIndex={-1}
          className="size-6"
        />
      </span>
      <span
        className={cn(
          "transition-[translate] group-focus-within/tile:translate-x-0 group-hover/tile:translate-x-0 pointer-coarse:translate-x-0",
          selected ? "translate-x-0" : "-translate-x-5",
        )}
      >
        {pair ? "" : "→ "}
        {String(item.position).padStart(4, "0")}
        {item.ownPrompt && (
          <PencilLine className="ml-1 inline size-3 align-[-1px]" aria-label="Its own prompt" />
        )}
      </span>
      {pair && (
        <span aria-hidden className="absolute left-1/2 -translate-x-1/2">
          →
        </span>
      )}
      <span className="ml-auto truncate">{edgeWords(item)}</span>
    </div>
  );
}

function Caption({ item, name, commands }: { item: ItemRow; name: string; commands: TileCommands }) {
  const { tone, icon, text, turning } = statusWords(item);
  const open = item.status === "queued" || item.status === "running" || item.status === "waiting";
  return (
    <div className="relative flex h-7 items-center gap-2 pt-1">
      <span className="min-w-0 flex-1 truncate text-dense" title={name}>
        {name}
      </span>
      <Pill
        tone={tone}
        icon={icon}
        turning={turning}
        className="group-hover/tile:invisible pointer-coarse:visible"
      >
        {text}
      </Pill>
      {!open && (
        <span className="absolute right-0 flex bg-canvas pl-1 opacity-0 group-hover/tile:opacity-100 pointer-coarse:hidden">
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
      )}
    </div>
  );
}
