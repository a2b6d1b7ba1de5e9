"use client";

import { useState } from "react";
import { usePlan } from "@/components/models/use-plan";
import { PromptReading } from "@/components/prompts/prompt-reading";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { formatMoney } from "@/lib/money";
import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import { countWords, plural } from "@/lib/words";
import type { ItemActions } from "./use-item-actions";

export type Redo = {
  kind: "retry" | "regenerate";
  itemIds: string[];
  /** What the prompt is now; null when the images have different ones. */
  prompt: string | null;
  /** The built-in model does it. */
  builtIn: boolean;
  /** What one image came to in this session so far, micro-dollars; 0: nothing, or not known. */
  costEach: number;
};

type RedoDialogProps = { redo: Redo; onClose: () => void; actions: ItemActions };

/** Another prompt for some images, before they are tried again. */
export function RedoDialog({ redo, onClose, actions }: RedoDialogProps) {
  const [prompt, setPrompt] = useState(redo.prompt ?? "");
  const [pending, setPending] = useState(false);
  const images = plural(redo.itemIds.length, "image");
  const changed = prompt.trim() !== (redo.prompt ?? "").trim();
  const error = redo.prompt !== null && prompt.trim() === "" ? "Write what to do with the image." : null;

  async function submit() {
    if (error) return;
    setPending(true);
    // An unchanged prompt is not sent, so that images with a prompt of their own keep it.
    const done = await actions[redo.kind](redo.itemIds, changed ? prompt : undefined);
    setPending(false);
    if (done) onClose();
  }
  const plan = usePlan(prompt, { builtIn: redo.builtIn });
  const cost = redo.costEach > 0 ? ` · about ${formatMoney(redo.costEach * redo.itemIds.length)}` : "";
  const verb = redo.kind === "retry" ? "Retry" : "Regenerate";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${verb} ${images}`}
      description={
        redo.kind === "retry"
          ? "Earlier attempts are kept. Finished images are not touched."
          : "Another attempt is made. The present results stay and can be chosen again."
      }
      size="medium"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" pending={pending} disabled={error !== null} onClick={submit}>
            {`${verb} ${countWords(redo.itemIds.length)}${cost}`}
          </Button>
        </>
      }
    >
      <Field
        label={`Prompt for ${redo.itemIds.length === 1 ? "this image" : "these images"}`}
        error={error}
        hint={
          redo.prompt === null ? "They have different prompts. Left empty, each keeps its own." : undefined
        }
      >
        {(wiring) => (
          <Textarea
            {...wiring}
            value={prompt}
            rows={5}
            maxLength={MAX_PROMPT_CHARS}
            onChange={(event) => setPrompt(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void submit();
            }}
          />
        )}
      </Field>
      <div className="mt-3">
        <PromptReading notes={plan.notes} />
      </div>
    </Dialog>
  );
}
