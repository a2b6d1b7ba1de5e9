"use client";

import { isInBatch } from "@/components/batches/economy-items";
import { isOutOfDate, type SheetRow } from "@/components/sessions/chain-rows";
import type { SessionStore } from "@/components/sessions/session-store";
import { useServerNow } from "@/components/sessions/use-clock";
import { cn } from "@/components/ui/cn";
import type { InputRow } from "@/lib/inputs/wire";
import { groupOf } from "@/lib/items/status";
import { tileImage } from "./image-url";
import { frameWords } from "./item-words";
import { Picture } from "./picture";
import { PAIR_GAP, type TileGeometry, type TileLayout } from "./tile-geometry";

type TileFrameProps = {
  item: SheetRow;
  input: InputRow | undefined;
  geometry: TileGeometry;
  layout: TileLayout;
  /** Its place among what waits for a slot. */
  inLine: number | undefined;
  /** The original in the place of the result. */
  original: boolean;
  store: SessionStore;
};

const PANE = "relative block shrink-0 grow basis-0 overflow-hidden border border-line";

/** Source and result, or the result alone, each in its own hairline. */
export function TileFrame({ item, input, geometry, layout, inLine, original, store }: TileFrameProps) {
  const { pane, stacked, frame } = geometry;
  // Inside the hairlines.
  const box = { width: pane.width - 2, height: pane.height - 2 };
  const source = input?.imageId && (
    <Picture
      key={input.imageId}
      image={tileImage({ ...input, imageId: input.imageId }, { alt: "", shownAt: pane.width })}
      box={box}
    />
  );
  if (original) {
    return (
      <span className="flex" style={{ height: frame.height }}>
        <span className={PANE}>{source}</span>
      </span>
    );
  }
  return (
    <span className={cn("flex", stacked && "flex-col")} style={{ height: frame.height, gap: PAIR_GAP }}>
      {layout === "pair" && <span className={PANE}>{source}</span>}
      <span className={cn(PANE, isOutOfDate(item) && "border-line-strong border-dashed")}>
        {item.imageId ? (
          <Picture
            key={item.imageId}
            image={tileImage({ ...item, imageId: item.imageId }, { alt: "", shownAt: pane.width })}
            box={box}
          />
        ) : (
          <FrameText item={item} inLine={inLine} store={store} />
        )}
        {isBeingMade(item) && (
          <span aria-hidden className="absolute inset-x-0 bottom-0 block h-0.5 overflow-hidden">
            <span className="block h-full w-1/4 animate-scan bg-run" />
          </span>
        )}
      </span>
    </span>
  );
}

/** Of what is in a batch nobody knows when it is made: nothing moves for hours. */
function isBeingMade(item: SheetRow): boolean {
  const behind = item.chain?.behind;
  if (behind) return behind.status === "running" && !behind.inBatch;
  return item.status === "running" && !isInBatch(item);
}

function FrameText({ item, inLine, store }: Pick<TileFrameProps, "item" | "inLine" | "store">) {
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
      <span className="line-clamp-5 text-balance">{frameWords(item, { now, place: inLine })}</span>
    </span>
  );
}
