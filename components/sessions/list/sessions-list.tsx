"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { PageDrop } from "@/components/inputs/page-drop";
import { useSessionFromFiles } from "@/components/inputs/use-session-from-files";
import { PageHeader } from "@/components/layout/page-header";
import { Button, buttonClass } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { SearchField } from "@/components/ui/search-field";
import type { SessionListQuery } from "@/lib/sessions/list-query";
import type { SessionListRow } from "@/lib/sessions/wire";
import { SessionRow } from "./session-row";
import { useFreshRows } from "./use-fresh-rows";

type SessionsListProps = {
  query: SessionListQuery;
  page: { rows: SessionListRow[]; next: string | null };
};

const FILTERS = [
  { value: "all", label: "All" },
  { value: "running", label: "Running" },
  { value: "drafts", label: "Drafts" },
  { value: "finished", label: "Finished" },
] as const;

/** All sessions of a person, newest change first. */
export function SessionsList({ query, page }: SessionsListProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const { adding, take } = useSessionFromFiles();
  useFreshRows(page.rows);
  const busy = pending || adding > 0;
  function ask(changes: Partial<SessionListQuery>) {
    startTransition(() => router.replace(addressOf({ ...query, before: undefined, ...changes })));
  }
  return (
    <>
      <PageDrop onPicked={take} words="Drop to start a session" />
      <PageHeader
        title="Sessions"
        actions={
          <Link href="/sessions/new" className={buttonClass("primary")}>
            <Plus aria-hidden />
            New session
          </Link>
        }
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b bg-surface px-4 py-2 sm:px-5">
        {/* biome-ignore lint/a11y/useSemanticElements: chips in a row are no fieldset */}
        <div role="group" aria-label="Show" className="flex flex-wrap gap-2">
          {FILTERS.map(({ value, label }) => (
            <Chip
              key={value}
              label={label}
              pressed={query.filter === value}
              onClick={() => ask({ filter: value })}
            />
          ))}
        </div>
        <SearchField
          label="Search sessions by name, prompt or file name"
          placeholder="Name, prompt or file name"
          search={query.search}
          onSearch={(search) => ask({ search })}
          className="ml-auto w-full sm:w-64"
        />
      </div>
      <div className={cn("flex-1 pb-24 transition-opacity", busy && "opacity-60")} aria-busy={busy}>
        {page.rows.length === 0 ? (
          <NothingFound query={query} onClear={() => ask({ search: "", filter: "all" })} />
        ) : (
          <ul>
            {page.rows.map((row) => (
              <SessionRow key={row.id} row={row} />
            ))}
          </ul>
        )}
        <Pages query={query} next={page.next} />
      </div>
    </>
  );
}

function NothingFound({ query, onClear }: { query: SessionListQuery; onClear: () => void }) {
  const title = query.search
    ? `No session with “${query.search}” in its name, prompt or files`
    : "No sessions here";
  return <EmptyState title={title} actions={<Button onClick={onClear}>Show all</Button>} />;
}

function Pages({ query, next }: { query: SessionListQuery; next: string | null }) {
  if (!next && !query.before) return null;
  return (
    <nav aria-label="Pages" className="flex justify-center gap-2 py-6">
      {query.before && (
        <Link href={addressOf({ ...query, before: undefined })} className={buttonClass()}>
          Newest
        </Link>
      )}
      {next && (
        <Link href={addressOf({ ...query, before: next })} className={buttonClass()}>
          Older
        </Link>
      )}
    </nav>
  );
}

function addressOf({ search, filter, before }: SessionListQuery): `/sessions?${string}` {
  const params = new URLSearchParams();
  if (search) params.set("q", search);
  if (filter !== "all") params.set("show", filter);
  if (before) params.set("before", before);
  return `/sessions?${params}`;
}
