"use client";

import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { cn } from "./cn";
import { Input } from "./input";

type SearchFieldProps = {
  label: string;
  placeholder: string;
  /** What is searched for now. */
  search: string;
  onSearch: (search: string) => void;
  className?: string;
};

const WAIT_MS = 250;

/** Searches a moment after the last key. */
export function SearchField({ label, placeholder, search, onSearch, className }: SearchFieldProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Cleared by a button or by going back; never under the hands of whoever types.
    if (field.current && document.activeElement !== field.current) field.current.value = search;
  }, [search]);
  return (
    <div className={cn("relative", className)}>
      <Search
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3 pointer-coarse:top-3.5"
        aria-hidden
      />
      <Input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        defaultValue={search}
        maxLength={120}
        onChange={(event) => {
          const { value } = event.target;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onSearch(value.trim()), WAIT_MS);
        }}
        className="h-8 pl-8 text-dense"
      />
    </div>
  );
}
