"use client";

import { Columns2, Minus, Plus, Search, Square } from "lucide-react";
import { type Ref, useRef } from "react";
import type { ShownStep } from "@/components/sessions/use-shown-step";
import type { TileCounts } from "@/components/sessions/use-tile-counts";
import { Chip } from "@/components/ui/chip";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { ORIGINAL } from "@/lib/steps/constants";
import { FILTER_LABELS, filterCount, STATUS_FILTERS, type StatusFilter } from "./status-filter";
import { StepSwitch } from "./step-switch";
import { TILE_SIZES, type TileLayout } from "./tile-geometry";

type ResultsToolbarProps = {
  /** Of the shown step; null while they are not known. */
  tiles: TileCounts | null;
  step: ShownStep;
  filter: StatusFilter;
  onFilter: (filter: StatusFilter) => void;
  query: string;
  onQuery: (query: string) => void;
  searchRef: Ref<HTMLInputElement>;
  size: number;
  onSize: (size: number) => void;
  layout: TileLayout;
  onLayout: (layout: TileLayout) => void;
};

const LAYOUTS = [
  { value: "pair", label: "Source and result", icon: <Columns2 aria-hidden /> },
  { value: "result", label: "Result only", icon: <Square aria-hidden /> },
] as const;

/** Heading of the list, its filters, search and size; stays in sight while the sheet scrolls. */
export function ResultsToolbar(props: ResultsToolbarProps) {
  const { tiles, step, filter, onFilter, size, onSize } = props;
  const cancelled = tiles?.counts.cancelled ?? 0;
  const chips = STATUS_FILTERS.filter((one) => one !== "cancelled" || cancelled > 0 || filter === one);
  return (
    <div className="z-20 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b bg-surface px-4 py-2 sm:sticky sm:top-0 sm:px-5">
      <h2 className="font-semibold text-base max-lg:basis-full">Bulk Results List</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: chips in a row are no fieldset */}
      <div
        role="group"
        aria-label="Show"
        className="-mx-4 flex min-w-0 gap-2 overflow-x-auto px-4 py-0.5 [scrollbar-width:none] sm:mx-0 sm:px-0.5"
      >
        {chips.map((one) => (
          <Chip
            key={one}
            label={FILTER_LABELS[one]}
            count={tiles ? filterCount(tiles, one) : undefined}
            pressed={filter === one}
            onClick={() => onFilter(one)}
          />
        ))}
      </div>
      {step.place !== null && (
        <StepSwitch places={step.places} shown={step.original ? ORIGINAL : step.place} onShow={step.show} />
      )}
      <div className="ml-auto flex items-center gap-2 max-sm:w-full">
        <SearchField {...props} />
        <ToggleGroup
          label="Tiles show"
          value={props.layout}
          choices={LAYOUTS}
          onChange={props.onLayout}
          compact
        />
        <div className="flex">
          <IconButton
            label="Smaller tiles"
            icon={<Minus aria-hidden />}
            disabled={size === 0}
            onClick={() => onSize(size - 1)}
          />
          <IconButton
            label="Larger tiles"
            icon={<Plus aria-hidden />}
            disabled={size === TILE_SIZES - 1}
            onClick={() => onSize(size + 1)}
          />
        </div>
      </div>
    </div>
  );
}

function SearchField({
  query,
  onQuery,
  searchRef,
}: Pick<ResultsToolbarProps, "query" | "onQuery" | "searchRef">) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (
    <div className="relative min-w-0 flex-1 sm:w-48 sm:flex-none">
      <Search
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3 pointer-coarse:top-3.5"
        aria-hidden
      />
      <Input
        ref={searchRef}
        type="search"
        aria-label="Search by name"
        placeholder="Search names"
        defaultValue={query}
        onChange={(event) => {
          const { value } = event.target;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onQuery(value), 120);
        }}
        className="h-8 pl-8 text-dense"
      />
    </div>
  );
}
