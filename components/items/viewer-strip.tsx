"use client";

import type { LucideIcon } from "lucide-react";
import type { SheetRow } from "@/components/sessions/chain-rows";
import type { ShownStep } from "@/components/sessions/use-shown-step";
import { cn } from "@/components/ui/cn";
import { Frame } from "@/components/ui/frame";
import type { InputRow } from "@/lib/inputs/wire";
import { ORIGINAL } from "@/lib/steps/constants";
import { tileImage } from "./image-url";
import { statusWords } from "./item-words";

type ViewerStripProps = {
  step: ShownStep;
  input: InputRow | undefined;
  rows: readonly SheetRow[];
};

const WIDTH = 72;

/** Original, step 1 and so on of one image, small, to step through. */
export function ViewerStrip({ step, input, rows }: ViewerStripProps) {
  const original = input?.imageId ? { ...input, imageId: input.imageId } : null;
  return (
    <nav aria-label="Steps of this image" className="-mx-1 flex gap-2 overflow-x-auto px-1 pt-3 pb-1">
      <StripFrame
        label="Original"
        picture={original}
        shown={step.original}
        onShow={() => step.show(ORIGINAL)}
      />
      {step.places.map((place) => {
        const row = rows[place - 1];
        if (!row) return null;
        const { text, icon } = statusWords(row);
        return (
          <StripFrame
            key={place}
            label={String(place)}
            name={`Step ${place}, ${text.toLowerCase()}`}
            picture={row.imageId ? { ...row, imageId: row.imageId } : null}
            icon={icon}
            shown={!step.original && step.place === place}
            onShow={() => step.show(place)}
          />
        );
      })}
    </nav>
  );
}

type StripFrameProps = {
  label: string;
  name?: string;
  picture: Parameters<typeof tileImage>[0] | null;
  /** Instead of a picture. */
  icon?: LucideIcon;
  shown: boolean;
  onShow: () => void;
};

function StripFrame({ label, name = label, picture, icon: Icon, shown, onShow }: StripFrameProps) {
  return (
    <button
      type="button"
      aria-label={name}
      aria-current={shown ? "step" : undefined}
      onClick={onShow}
      className={cn(
        "shrink-0 text-left outline-offset-2",
        shown && "outline-2 outline-accent focus-visible:outline-3",
      )}
      style={{ width: WIDTH }}
    >
      <span className="edge-print block truncate text-ink-2">{label}</span>
      <Frame image={picture && tileImage(picture, { alt: "", shownAt: WIDTH })}>
        {Icon && <Icon aria-hidden className="size-4 text-ink-3" />}
      </Frame>
    </button>
  );
}
