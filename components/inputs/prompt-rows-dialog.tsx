"use client";

import { useState } from "react";
import { AttachLine } from "@/components/references/attach-line";
import { type AttachModel, promptRowWords } from "@/components/references/used-references";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { plural } from "@/lib/words";
import type { AddedPrompts } from "./add-prompts";
import { promptLines } from "./prompt-lines";

type PromptRowsDialogProps = {
  model: AttachModel | undefined;
  onWrite: (prompts: readonly string[]) => Promise<AddedPrompts>;
  onClose: () => void;
};

/** Prompts without images, one a line. What could not be added stays in the field. */
export function PromptRowsDialog({ model, onWrite, onClose }: PromptRowsDialogProps) {
  const [text, setText] = useState("");
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { prompts, error } = promptLines(text);
  const unable = model && promptRowWords(model);

  async function add() {
    if (pending || error || prompts.length === 0) return;
    setPending(true);
    const { left, words } = await onWrite(prompts);
    setPending(false);
    if (!words) return onClose();
    const added = prompts.length - left.length;
    setText(left.join("\n"));
    setRefused(added > 0 ? `${plural(added, "prompt")} added; the rest is still here. ${words}` : words);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      size="medium"
      title="Pictures from prompts"
      description="Each line becomes one picture. They join the list as prompt-001, prompt-002 and so on."
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void add();
      }}
      actions={
        <>
          <Button look="ghost" onClick={onClose} disabled={pending}>
            Cancel
          </Button>
          <Button
            look="primary"
            pending={pending}
            disabled={prompts.length === 0 || error !== null}
            onClick={add}
          >
            {prompts.length > 0 ? `Add ${plural(prompts.length, "prompt")}` : "Add prompts"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="Prompts, one a line" error={error ?? refused}>
          {(wiring) => (
            <Textarea
              {...wiring}
              data-autofocus
              rows={10}
              value={text}
              placeholder={"A red armchair on white, studio light\nThe same chair in a forest at dawn"}
              onChange={(event) => {
                setText(event.target.value);
                setRefused(null);
              }}
              className="max-h-[50dvh]"
            />
          )}
        </Field>
        {unable && <AttachLine>{unable} Choose another model before you start.</AttachLine>}
      </div>
    </Dialog>
  );
}
