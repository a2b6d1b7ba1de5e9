"use client";

import { ArrowLeft, ArrowRight, Copy, Eye, EyeOff, Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { MAX_STEPS } from "@/lib/steps/constants";
import type { ChainFrame } from "./chain-frames";

type StepActionsProps = {
  frame: ChainFrame;
  count: number;
  onMove: (to: number) => void;
  onDuplicate: () => void;
  onToggle: () => void;
  onDelete: () => void;
  /** The list goes down the page, and its first step stays where it is. */
  list?: boolean;
};

/** What can be done with a step as a whole. */
export function StepActions({
  frame,
  count,
  onMove,
  onDuplicate,
  onToggle,
  onDelete,
  list = false,
}: StepActionsProps) {
  const { place, step } = frame;
  return (
    <div className="flex shrink-0 flex-wrap">
      <IconButton
        label={list ? "Move up" : "Move left"}
        keys={list ? undefined : "⇧ ←"}
        icon={<ArrowLeft aria-hidden className={list ? "rotate-90" : "max-sm:rotate-90"} />}
        disabled={place <= (list ? 2 : 1)}
        onClick={() => onMove(place - 1)}
      />
      <IconButton
        label={list ? "Move down" : "Move right"}
        keys={list ? undefined : "⇧ →"}
        icon={<ArrowRight aria-hidden className={list ? "rotate-90" : "max-sm:rotate-90"} />}
        disabled={place === count}
        onClick={() => onMove(place + 1)}
      />
      <IconButton
        label={count >= MAX_STEPS ? `Duplicate: ${count} of ${MAX_STEPS} steps` : "Duplicate"}
        icon={<Copy aria-hidden />}
        disabled={count >= MAX_STEPS}
        onClick={onDuplicate}
      />
      <IconButton
        label={step.enabled ? "Disable" : "Enable"}
        icon={step.enabled ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        onClick={onToggle}
      />
      <IconButton
        label={count === 1 ? "Delete: a chain has at least one step" : "Delete"}
        keys="Del"
        icon={<Trash2 aria-hidden />}
        disabled={count === 1}
        onClick={onDelete}
      />
    </div>
  );
}
