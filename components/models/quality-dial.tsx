"use client";

import { useState } from "react";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatMoneyRange } from "@/lib/money";
import type { ProviderSettings } from "@/lib/sessions/types";
import type { EstimateAnswer } from "@/lib/sessions/wire";

type Quality = ProviderSettings["quality"];

const LABELS: Record<Quality, string> = {
  low: "Draft",
  medium: "Balanced",
  high: "Production",
  xhigh: "Extra high",
  max: "Maximum",
  auto: "Model decides",
};
const USUAL: readonly Quality[] = ["low", "medium", "high"];
const RARE: readonly Quality[] = ["xhigh", "max", "auto"];

type QualityDialProps = {
  quality: Quality;
  offered: readonly Quality[];
  /** Of one image; empty until it is known. */
  prices: EstimateAnswer["byQuality"];
  onChange: (quality: Quality) => void;
};

/** How much work goes into an image, and what that does to its price. */
export function QualityDial({ quality, offered, prices, onChange }: QualityDialProps) {
  const [more, setMore] = useState(false);
  const usual = USUAL.filter((one) => offered.includes(one));
  const rare = RARE.filter((one) => offered.includes(one));
  const open = more || rare.includes(quality);
  const words = priceWords(open ? [...usual, ...rare] : usual, prices);
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex items-baseline justify-between font-medium text-dense">
        Quality
        {rare.length > 0 && !open && (
          <button
            type="button"
            onClick={() => setMore(true)}
            className="touch-target min-h-6 rounded-pill px-1 font-normal text-ink-2 text-pill underline hover:text-ink"
          >
            More
          </button>
        )}
      </p>
      <ToggleGroup label="Quality" value={quality} choices={usual.map(choiceOf)} onChange={onChange} />
      {open && rare.length > 0 && (
        <ToggleGroup label="More quality" value={quality} choices={rare.map(choiceOf)} onChange={onChange} />
      )}
      {words && <p className="text-ink-3 text-pill">{words}</p>}
    </div>
  );
}

function choiceOf(value: Quality) {
  return { value, label: LABELS[value] };
}

/** "An image: Draft $0.006 · Balanced $0.013 · Production $0.053" */
function priceWords(qualities: readonly Quality[], prices: EstimateAnswer["byQuality"]): string | null {
  const known = qualities.flatMap((one) => {
    const price = prices[one];
    return price ? `${LABELS[one]} ${formatMoneyRange(price)}` : [];
  });
  return known.length > 0 ? `An image: ${known.join(" · ")}` : null;
}
