"use client";

import { BookMarked, CircleAlert, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { Notice } from "@/components/sessions/notice";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { SearchField } from "@/components/ui/search-field";
import type { RecipeRow as Row } from "@/lib/recipes/types";
import { plural } from "@/lib/words";
import { ImportButton, type ImportOutcome } from "./import-button";
import { ReadyMadeList } from "./ready-made-list";
import { RecipeRow } from "./recipe-row";

type RecipesScreenProps = { rows: readonly Row[]; search: string };

/** All recipes of a workspace, the one saved last first, and those that ship. */
export function RecipesScreen({ rows, search }: RecipesScreenProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const ask = (next: string) =>
    startTransition(() => router.replace(next ? `/recipes?q=${encodeURIComponent(next)}` : "/recipes"));
  return (
    <>
      <PageHeader
        title="Recipes"
        facts={rows.length > 0 ? plural(rows.length, "recipe") : "prompt, settings and steps under a name"}
        actions={<ImportButton onOutcome={setOutcome} />}
      />
      {outcome && (
        <Notice
          tone={outcome.tone}
          icon={outcome.tone === "plain" ? BookMarked : CircleAlert}
          alert={outcome.tone === "err"}
          actions={
            <IconButton label="Close message" icon={<X aria-hidden />} onClick={() => setOutcome(null)} />
          }
        >
          {outcome.words}
        </Notice>
      )}
      {(rows.length > 0 || search) && (
        <div className="flex border-line border-b bg-surface px-4 py-2 sm:px-5">
          <SearchField
            label="Search recipes by name or prompt"
            placeholder="Name or prompt"
            search={search}
            onSearch={ask}
            className="ml-auto w-full sm:w-64"
          />
        </div>
      )}
      <div className={cn("flex-1 pb-24 transition-opacity", pending && "opacity-60")} aria-busy={pending}>
        {rows.length > 0 ? (
          <ul aria-label="Your recipes">
            {rows.map((row) => (
              <RecipeRow key={row.id} row={row} />
            ))}
          </ul>
        ) : (
          <Nothing search={search} onClear={() => ask("")} />
        )}
        {!search && <ReadyMadeList />}
      </div>
    </>
  );
}

function Nothing({ search, onClear }: { search: string; onClear: () => void }) {
  if (search) {
    return (
      <EmptyState
        title={`No recipe with “${search}” in its name or prompts`}
        actions={<Button onClick={onClear}>Show all</Button>}
      />
    );
  }
  return (
    <EmptyState title="No recipes of your own yet" className="py-10">
      Save one from the menu of any session. It keeps the prompt, the settings and all steps, for one image or
      for hundreds.
    </EmptyState>
  );
}
