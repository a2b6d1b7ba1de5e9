"use client";

import { Search } from "lucide-react";
import { Chip } from "@/components/ui/chip";
import { Input } from "@/components/ui/input";
import { INPUT_FILTERS, type InputFilter, type InputList } from "./input-list";

type ListToolbarProps = {
  counts: InputList["counts"];
  filter: InputFilter;
  search: string;
  onFilter: (filter: InputFilter) => void;
  onSearch: (search: string) => void;
};

const LABELS: Record<InputFilter, string> = {
  all: "All",
  custom: "Custom prompt",
  duplicate: "Duplicate",
  excluded: "Left out",
  refused: "Refused",
};

export function ListToolbar({ counts, filter, search, onFilter, onSearch }: ListToolbarProps) {
  const filters = INPUT_FILTERS.filter((one) => one === "all" || one === filter || counts[one] > 0);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <fieldset className="flex min-w-0 max-w-full gap-1.5 overflow-x-auto p-0.5">
        <legend className="sr-only">Show</legend>
        {filters.map((one) => (
          <Chip
            key={one}
            label={LABELS[one]}
            count={counts[one]}
            pressed={filter === one}
            onClick={() => onFilter(one)}
          />
        ))}
      </fieldset>
      <div className="relative w-56 max-w-full max-sm:w-full">
        <Search className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-3" aria-hidden />
        <Input
          type="search"
          aria-label="Search by name"
          placeholder="Search by name"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          className="h-8 pl-8.5 text-dense"
        />
      </div>
    </div>
  );
}
