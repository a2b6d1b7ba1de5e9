"use client";

import { shareImages, tileImage } from "@/components/items/image-url";
import { Frame } from "@/components/ui/frame";
import type { SharedResult } from "@/lib/shares/types";

type SharedTileProps = { row: SharedResult; token: string; pair: boolean; onOpen: () => void };

/** A result, beside its source where the link shows it. Off the screen it costs neither layout nor paint. */
export function SharedTile({ row, token, pair, onOpen }: SharedTileProps) {
  const name = sharedName(row);
  const at = { from: shareImages(token), shownAt: pair ? 180 : 240 };
  return (
    <li className="[contain-intrinsic-size:auto_220px] [content-visibility:auto]">
      <p className="edge-print flex h-5 items-center">→ {String(row.n).padStart(4, "0")}</p>
      <button
        type="button"
        data-shared={row.n}
        onClick={onOpen}
        aria-label={`Open ${name}`}
        className="flex w-full gap-1.5 outline-offset-3"
      >
        {pair && <Frame image={row.source && tileImage(row.source, { ...at, alt: "" })} />}
        <Frame image={tileImage(row.result, { ...at, alt: "" })} />
      </button>
      {row.name !== null && <p className="truncate pt-1 text-dense">{row.name}</p>}
    </li>
  );
}

export function sharedName({ n, name }: SharedResult): string {
  return name ?? `Result ${n}`;
}
