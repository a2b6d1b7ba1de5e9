"use client";

import { memo, useState } from "react";
import type { SessionStore } from "@/components/sessions/session-store";
import { useFeed, useInput, useTile } from "@/components/sessions/use-session-feed";
import { cn } from "@/components/ui/cn";
import { tileName } from "./item-words";
import { TileCaption, TileEdge } from "./tile-caption";
import { TileFrame } from "./tile-frame";
import type { TileGeometry, TileLayout } from "./tile-geometry";

/** What a tile may ask of the grid. One object for all tiles, so that they are not rendered again for it. */
export type TileCommands = {
  open: (id: string) => void;
  select: (id: string, how: "toggle" | "range") => void;
  focus: (id: string) => void;
  redo: (id: string) => void;
  download: (id: string) => void;
  /** Shows the step before or after. */
  step: (by: 1 | -1) => void;
  /** Larger or smaller tiles. */
  resize: (by: 1 | -1) => void;
  /** Puts the focus into the search field. */
  search: () => void;
};

type TileProps = {
  store: SessionStore;
  /** Of an item; of an input where a session has several steps. */
  id: string;
  /** The step it shows; null where there is only one. */
  place: number | null;
  /** Shows the original in the place of the result. */
  original: boolean;
  index: number;
  count: number;
  geometry: TileGeometry;
  layout: TileLayout;
  selected: boolean;
  /** Boxes are shown on every tile. */
  selecting: boolean;
  /** The one tile that Tab reaches. */
  current: boolean;
  commands: TileCommands;
};

/** One frame of the sheet: edge print, source and result, name and state. */
export const Tile = memo(function Tile(props: TileProps) {
  const { store, id, index, count, geometry, layout, selected, selecting, current, commands } = props;
  // Controls of all tiles at once would be most of the page.
  const [hot, setHot] = useState(false);
  const item = useTile(store, id, props.place);
  const input = useInput(store, item?.inputId ?? "");
  const waitsFor = item?.chain?.behind?.itemId ?? item?.id ?? id;
  const inLine = useFeed(store, (state) => state.line.get(waitsFor));
  if (!item) return null;
  const name = input?.name ?? `Image ${item.position}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid of tiles is no table
    <div
      role="gridcell"
      tabIndex={-1}
      aria-selected={selected}
      onPointerEnter={(event) => setHot(event.pointerType !== "touch")}
      onPointerLeave={() => setHot(false)}
      className="flex min-w-0 flex-col outline-none"
      style={{ width: geometry.tile }}
    >
      <TileEdge
        id={id}
        item={item}
        name={name}
        selected={selected}
        selectable={selected || selecting || hot}
        beside={layout === "pair" && !geometry.stacked}
        commands={commands}
      />
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
          selected && "outline-2 outline-accent outline-offset-2 focus-visible:outline-3",
        )}
        style={{ height: geometry.frame.height }}
      >
        <TileFrame
          item={item}
          input={input}
          geometry={geometry}
          layout={layout}
          inLine={inLine}
          original={props.original}
          store={store}
        />
      </button>
      <TileCaption id={id} item={item} name={name} geometry={geometry} hot={hot} commands={commands} />
    </div>
  );
});
