"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { renameRecipeAction } from "@/lib/recipes/actions";
import { MAX_RECIPE_NAME } from "@/lib/recipes/constants";

type RenameDialogProps = { recipeId: string; name: string; onClose: () => void };

export function RenameDialog({ recipeId, name, onClose }: RenameDialogProps) {
  const router = useRouter();
  const form = useId();
  const [typed, setTyped] = useState(name);
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function rename(event: FormEvent) {
    event.preventDefault();
    if (typed.trim() === "") return setError("A recipe needs a name.");
    setPending(true);
    const result = await answered(renameRecipeAction({ recipeId, name: typed }));
    setPending(false);
    if (!result.ok) return setError(result.words);
    router.refresh();
    onClose();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Rename recipe"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} pending={pending}>
            Rename
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={rename} noValidate>
        <Field label="Name" error={error}>
          {(wiring) => (
            <Input
              {...wiring}
              data-autofocus
              value={typed}
              maxLength={MAX_RECIPE_NAME}
              autoComplete="off"
              onChange={(event) => {
                setTyped(event.target.value);
                setError(null);
              }}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
