"use client";

import { TextCursorInput } from "lucide-react";
import { useState } from "react";
import type { AttachModel } from "@/components/references/used-references";
import { Button } from "@/components/ui/button";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import type { AddedPrompts } from "./add-prompts";

const PromptRowsDialog = panelOnDemand(() =>
  import("./prompt-rows-dialog").then((code) => code.PromptRowsDialog),
);

export type WritePromptsProps = {
  compact: boolean;
  model: AttachModel | undefined;
  onWrite: (prompts: readonly string[]) => Promise<AddedPrompts>;
};

/** The way in for pictures that are made from words alone. */
export function WritePrompts({ compact, model, onWrite }: WritePromptsProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look={compact ? "secondary" : "ghost"}
        size={compact ? "small" : "medium"}
        icon={<TextCursorInput aria-hidden />}
        className="z-10"
        onClick={() => setOpen(true)}
      >
        {compact ? "Write prompts" : "Write prompts instead"}
      </Button>
      {open && <PromptRowsDialog model={model} onWrite={onWrite} onClose={() => setOpen(false)} />}
    </>
  );
}
