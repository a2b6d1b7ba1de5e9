"use client";

import { useMemo, useState } from "react";
import { useUrlState } from "@/components/sessions/use-url-state";
import type { InputRow } from "@/lib/inputs/wire";
import { type InputFilter, listInputs } from "./input-list";
import { type InputSort, sortOf } from "./sort-inputs";

/** What of the list is shown, and in which order. The order stands in the address. */
export function useListView(rows: readonly InputRow[]) {
  const url = useUrlState();
  const sort = sortOf(url.params.get("sort"));
  const [filter, onFilter] = useState<InputFilter>("all");
  const [search, onSearch] = useState("");
  const list = useMemo(() => listInputs(rows, filter, search, sort), [rows, filter, search, sort]);
  return {
    list,
    view: {
      filter,
      search,
      sort,
      onFilter,
      onSearch,
      onSort: (next: InputSort) => url.set({ sort: next === "added" ? null : next }),
    },
    clear: () => {
      onFilter("all");
      onSearch("");
    },
  };
}
