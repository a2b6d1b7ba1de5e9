"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { saveRecipeAction } from "@/lib/recipes/actions";
import { MAX_RECIPE_NAME } from "@/lib/recipes/constants";
import type { SavedRecipe } from "@/lib/recipes/types";

type SaveRecipeDialogProps = { sessionId: string; name: string; onClose: () => void };

/** Asks for a name. One that is there gets another version only after it was said. */
export function SaveRecipeDialog({ sessionId, name, onClose }: SaveRecipeDialogProps) {
  const router = useRouter();
  const toast = useToast();
  const form = useId();
  const [typed, setTyped] = useState(name.slice(0, MAX_RECIPE_NAME));
  const [there, setThere] = useState<SavedRecipe | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  function type(next: string) {
    setTyped(next);
    setThere(null);
    setError(null);
  }
  async function save(event: FormEvent) {
    event.preventDefault();
    if (typed.trim() === "") return setError("A recipe needs a name.");
    setPending(true);
    const asVersion = there ? there.version + 1 : undefined;
    const result = await answered(saveRecipeAction({ sessionId, name: typed, asVersion }));
    setPending(false);
    if (!result.ok) return setError(result.words);
    if (result.value.saved === "ask") return setThere(result.value);
    toast.show({
      text: savedWords(result.value),
      action: { label: "Recipes", onPress: () => router.push("/recipes") },
    });
    onClose();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Save as recipe"
      description="Keeps the prompt, the settings and the steps. Images stay with their session."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} pending={pending}>
            {there ? `Save as version ${there.version + 1}` : "Save"}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={save} noValidate>
        <Field
          label="Name"
          error={error}
          hint={there ? askWords(there) : "A name that is there already gets another version."}
        >
          {(wiring) => (
            <Input
              {...wiring}
              data-autofocus
              value={typed}
              maxLength={MAX_RECIPE_NAME}
              autoComplete="off"
              onChange={(event) => type(event.target.value)}
            />
          )}
        </Field>
        <p role="status" className="sr-only">
          {there ? askWords(there) : ""}
        </p>
      </form>
    </Dialog>
  );
}

function askWords({ name, version }: SavedRecipe): string {
  return `“${name}” is there, at version ${version}. Save this as version ${version + 1} of it, or choose another name. Earlier versions are kept.`;
}

function savedWords({ saved, name, version }: SavedRecipe): string {
  if (saved === "new") return `Saved as “${name}”.`;
  if (saved === "version") return `Saved as version ${version} of “${name}”.`;
  return `Version ${version} of “${name}” holds exactly this. Nothing was added.`;
}
