"use client";

import { Search } from "lucide-react";
import { Chip } from "@/components/ui/chip";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { INPUT_FILTERS, type InputFilter, type InputList } from "./input-list";
import type { InputSort } from "./sort-inputs";

type ListToolbarProps = {
  counts: InputList["counts"];
  filter: InputFilter;
  search: string;
  sort: InputSort;
  onFilter: (filter: InputFilter) => void;
  onSearch: (search: string) => void;
  onSort: (sort: InputSort) => void;
};

const LABELS: Record<InputFilter, string> = {
  all: "All",
  custom: "Custom prompt",
  duplicate: "Duplicate",
  excluded: "Left out",
  refused: "Refused",
};

const SORTS: readonly { value: InputSort; label: string }[] = [
  { value: "added", label: "Order added" },
  { value: "name", label: "Name" },
  { value: "pixels", label: "Most pixels" },
  { value: "pixels-up", label: "Fewest pixels" },
  { value: "bytes", label: "Largest file" },
  { value: "bytes-up", label: "Smallest file" },
  { value: "problems", label: "Problems first" },
  { value: "own", label: "Own prompts first" },
];

export function ListToolbar(props: ListToolbarProps) {
  const { counts, filter, search, sort, onFilter, onSearch, onSort } = props;
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
      <div className="flex items-center gap-2 max-sm:w-full">
        <Select
          label="Sort the list"
          value={sort}
          options={SORTS}
          onChange={onSort}
          className="h-8 w-40 shrink-0 text-dense"
        />
        <SearchField search={search} onSearch={onSearch} />
      </div>
    </div>
  );
}

function SearchField({ search, onSearch }: Pick<ListToolbarProps, "search" | "onSearch">) {
  return (
    <div className="relative w-48 min-w-0 max-sm:flex-1">
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
  );
}
