"use client";

import { TextQuote } from "lucide-react";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import type { Selected } from "./insert-snippet";

const SnippetsDialog = panelOnDemand(() => import("./snippets-dialog").then((code) => code.SnippetsDialog));

/** Keys that open the panel from the field. */
export const SNIPPET_KEYS = "Control+/ Meta+/";

type SnippetsProps = {
  /** The prompt's field: where words go in, and where its keys are heard. */
  field: RefObject<HTMLTextAreaElement | null>;
  prompt: string;
  onChange: (prompt: string) => void;
};

/** Kept pieces of prompts: put one in, save what the field holds or what is selected in it. */
export function Snippets({ field, prompt, onChange }: SnippetsProps) {
  const [selected, setSelected] = useState<Selected | null>(null);
  const open = () => {
    const { selectionStart: start = prompt.length, selectionEnd: end = prompt.length } = field.current ?? {};
    setSelected({ start, end });
  };
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "/" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    open();
  });
  useEffect(() => {
    const element = field.current;
    const onKey = (event: KeyboardEvent) => press(event);
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, [field]);
  return (
    <>
      <Button
        size="small"
        look="ghost"
        icon={<TextQuote aria-hidden />}
        // The caret and what is selected stay to be seen, and the field is not left.
        onMouseDown={(event) => event.preventDefault()}
        onClick={open}
      >
        Snippets
      </Button>
      {selected && (
        <SnippetsDialog
          field={field}
          prompt={prompt}
          selected={selected}
          onChange={onChange}
          onClose={() => setSelected(null)}
        />
      )}
    </>
  );
}
