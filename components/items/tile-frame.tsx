"use client";

import type { SessionStore } from "@/components/sessions/session-store";
import { useServerNow } from "@/components/sessions/use-clock";
import { cn } from "@/components/ui/cn";
import type { InputRow } from "@/lib/inputs/wire";
import { groupOf } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";
import { tileImage } from "./image-url";
import { frameWords } from "./item-words";
import { Picture } from "./picture";
import { PAIR_GAP, type TileGeometry, type TileLayout } from "./tile-geometry";

type TileFrameProps = {
  item: ItemRow;
  input: InputRow | undefined;
  geometry: TileGeometry;
  layout: TileLayout;
  place: number | undefined;
  store: SessionStore;
};

const PANE = "relative block shrink-0 grow basis-0 overflow-hidden border border-line";

/** Source and result, or the result alone, each in its own hairline. */
export function TileFrame({ item, input, geometry, layout, place, store }: TileFrameProps) {
  const { pane, stacked, frame } = geometry;
  // Inside the hairlines.
  const box = { width: pane.width - 2, height: pane.height - 2 };
  return (
    <span className={cn("flex", stacked && "flex-col")} style={{ height: frame.height, gap: PAIR_GAP }}>
      {layout === "pair" && (
        <span className={PANE}>
          {input?.imageId && (
            <Picture
              key={input.imageId}
              image={tileImage({ ...input, imageId: input.imageId }, { alt: "", shownAt: pane.width })}
              box={box}
            />
          )}
        </span>
      )}
      <span className={PANE}>
        {item.imageId ? (
          <Picture
            key={item.imageId}
            image={tileImage({ ...item, imageId: item.imageId }, { alt: "", shownAt: pane.width })}
            box={box}
          />
        ) : (
          <FrameText item={item} place={place} store={store} />
        )}
        {item.status === "running" && (
          <span aria-hidden className="absolute inset-x-0 bottom-0 block h-0.5 overflow-hidden">
            <span className="block h-full w-1/4 animate-scan bg-run" />
          </span>
        )}
      </span>
    </span>
  );
}

function FrameText({ item, place, store }: Pick<TileFrameProps, "item" | "place" | "store">) {
  const ticks = item.status === "running" || item.status === "waiting";
  const now = useServerNow(store, ticks);
  const failed = groupOf(item.status) === "failed";
  return (
    <span
      className={cn(
        "absolute inset-0 grid place-items-center p-3 text-center text-dense text-ink-2",
        failed && "text-ink",
      )}
    >
      <span className="line-clamp-5 text-balance">{frameWords(item, { now, place })}</span>
    </span>
  );
}
