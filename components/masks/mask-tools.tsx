"use client";

import { Brush, Eraser, Hand, Redo2, SquareDashed, SquareX, SunMoon, Undo2 } from "lucide-react";
import { NumberField } from "@/components/inputs/number-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { fitBox } from "./mask-history";
import { largestBrush, type ToolState } from "./tools";
import type { Mask } from "./use-mask";

type MaskToolsProps = {
  mask: Mask;
  tools: ToolState;
  onTools: (change: Partial<ToolState>) => void;
  /** Pixels of the picture for one of the mask. */
  pixels: number;
};

const CHOICES = [
  { value: "brush", label: "Brush", icon: <Brush aria-hidden /> },
  { value: "eraser", label: "Eraser", icon: <Eraser aria-hidden /> },
  { value: "rectangle", label: "Rectangle", icon: <SquareDashed aria-hidden /> },
  { value: "move", label: "Move", icon: <Hand aria-hidden /> },
] as const;

// Not `disabled`: a button that ends its own use would drop the focus.
const SPENT = "aria-disabled:border-line aria-disabled:bg-transparent aria-disabled:text-ink-3";

const ZOOMS = ["fit", "pixels"] as const;

/** What to draw with, and what can be done with all that is drawn. */
export function MaskTools({ mask, tools, onTools, pixels }: MaskToolsProps) {
  const { history, apply } = mask;
  const zooms = [
    { value: ZOOMS[0], label: "Fit" },
    { value: ZOOMS[1], label: `${Math.round(100 / pixels)} %` },
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <ToggleGroup
        label="Tool"
        value={tools.tool}
        choices={CHOICES}
        onChange={(tool) => onTools({ tool })}
        className="grid grid-cols-2"
      />
      {tools.tool === "rectangle" ? (
        <RectangleFields mask={mask} tools={tools} onTools={onTools} pixels={pixels} />
      ) : (
        <BrushField mask={mask} tools={tools} onTools={onTools} pixels={pixels} />
      )}
      <div className="flex flex-wrap gap-1.5">
        <IconButton
          look="secondary"
          label="Undo"
          keys="Ctrl Z"
          icon={<Undo2 aria-hidden />}
          aria-disabled={history.done.length === 0}
          className={SPENT}
          onClick={mask.undo}
        />
        <IconButton
          look="secondary"
          label="Redo"
          keys="Ctrl ⇧ Z"
          icon={<Redo2 aria-hidden />}
          aria-disabled={history.undone.length === 0}
          className={SPENT}
          onClick={mask.redo}
        />
        <Button size="small" icon={<SunMoon aria-hidden />} onClick={() => apply({ kind: "invert" })}>
          Invert
        </Button>
        <Button
          size="small"
          icon={<SquareX aria-hidden />}
          aria-disabled={mask.share === 0}
          className={SPENT}
          onClick={() => mask.share > 0 && apply({ kind: "clear" })}
        >
          Clear
        </Button>
      </div>
      <ToggleGroup
        label="Zoom"
        value={tools.zoomed ? "pixels" : "fit"}
        choices={zooms}
        onChange={(zoom) => onTools({ zoomed: zoom === "pixels" })}
      />
    </div>
  );
}

function BrushField({ mask, tools, onTools, pixels }: MaskToolsProps) {
  return (
    <Field label={`Brush ${Math.round(tools.brush * pixels)} px`} hint="Keys: [ and ], or - and +">
      {(wiring) => (
        <input
          {...wiring}
          type="range"
          min={1}
          max={largestBrush(mask.canvas.size)}
          value={tools.brush}
          aria-valuetext={`${Math.round(tools.brush * pixels)} pixels`}
          onChange={(event) => onTools({ brush: event.target.valueAsNumber })}
          className="touch-target h-8 w-full accent-ink"
        />
      )}
    </Field>
  );
}

const FIELDS = [
  { key: "left", label: "Left", side: "width" },
  { key: "top", label: "Top", side: "height" },
  { key: "width", label: "Width", side: "width" },
  { key: "height", label: "Height", side: "height" },
] as const;

/** The way without a pointer: a rectangle by numbers, in pixels of the picture. */
function RectangleFields({ mask, tools, onTools, pixels }: MaskToolsProps) {
  const { size } = mask.canvas;
  const mark = (erase: boolean) => mask.apply({ kind: "rectangle", erase, box: tools.box });
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        {FIELDS.map(({ key, label, side }) => (
          <NumberField
            key={key}
            label={`${label}, px`}
            value={Math.round(tools.box[key] * pixels)}
            min={key === side ? 1 : 0}
            max={Math.round(size[side] * pixels)}
            onChange={(value) => onTools({ box: fitBox({ ...tools.box, [key]: value / pixels }, size) })}
          />
        ))}
      </div>
      <div className="flex gap-1.5">
        <Button size="small" look="primary" onClick={() => mark(false)}>
          Mark rectangle
        </Button>
        <Button size="small" onClick={() => mark(true)}>
          Erase it
        </Button>
      </div>
      <p className="text-ink-3 text-pill">
        Drag on the image, or use arrows (Shift sizes, Alt by pixel), Enter marks, Delete erases.
      </p>
    </div>
  );
}
