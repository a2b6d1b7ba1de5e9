"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { InputRow } from "@/lib/inputs/wire";
import { pixelsWords, plural } from "@/lib/words";

type AlikeChoiceProps = {
  /** Other selected images of the same size; 0: there is nothing to choose. */
  count: number;
  row: Pick<InputRow, "width" | "height">;
  checked: boolean;
  onChange: (checked: boolean) => void;
};

/** The same mask for the other selected images. */
export function AlikeChoice({ count, row, checked, onChange }: AlikeChoiceProps) {
  const id = useId();
  if (count === 0) return null;
  return (
    <div className="flex items-center gap-1 text-dense">
      <Checkbox id={id} checked={checked} onChange={onChange} />
      <label htmlFor={id}>
        Also for the {plural(count, "other selected image")} of {pixelsWords(row.width, row.height)}
      </label>
    </div>
  );
}
