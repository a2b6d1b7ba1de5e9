"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { importRecipeAction } from "@/lib/recipes/actions";
import { MAX_RECIPE_FILE_BYTES } from "@/lib/recipes/constants";
import type { ImportedRecipe } from "@/lib/recipes/types";
import { type Refused, type Result, refused } from "@/lib/result";

export type ImportOutcome = { tone: "plain" | "warn" | "err"; words: string };

/** Chooses a recipe file; what became of it is told to the page, which keeps it in sight. */
export function ImportButton({ onOutcome }: { onOutcome: (outcome: ImportOutcome) => void }) {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState(false);

  async function take(file: File | undefined) {
    if (!file) return;
    setPending(true);
    const result = await importFile(file);
    setPending(false);
    // The same file again, corrected, is another choice.
    if (field.current) field.current.value = "";
    onOutcome(outcomeOf(file.name, result));
    if (result.ok) router.refresh();
  }
  return (
    <>
      <Button icon={<Upload aria-hidden />} pending={pending} onClick={() => field.current?.click()}>
        Import file
      </Button>
      <input
        ref={field}
        type="file"
        accept=".json,application/json"
        aria-label="Recipe file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => void take(event.target.files?.[0])}
      />
    </>
  );
}

async function importFile(file: File): Promise<Result<ImportedRecipe>> {
  if (file.size > MAX_RECIPE_FILE_BYTES) return TOO_LARGE;
  const text = await file.text().catch(() => null);
  return text === null ? UNREADABLE : answered(importRecipeAction({ text }));
}

const TOO_LARGE: Refused = refused(
  "bad_file",
  "This file is too large for a recipe: at most 256 KB are read. Nothing was added.",
);
const UNREADABLE: Refused = refused("bad_file", "The browser can't read this file. Nothing was added.");

function outcomeOf(fileName: string, result: Result<ImportedRecipe>): ImportOutcome {
  if (!result.ok) return { tone: "err", words: `${fileName}: ${result.words}` };
  const { saved, name, notes } = result.value;
  const what =
    saved === "new"
      ? `“${name}” was added.`
      : `“${name}” is here already and holds the same. Nothing was added.`;
  return { tone: notes.length > 0 ? "warn" : "plain", words: [what, ...notes].join(" ") };
}
