"use client";

import { CloudAlert, Pencil } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { DraftKeeper, KeptDraft, SaveState } from "./draft-keeper";

type SetupHeaderProps = {
  keeper: Pick<DraftKeeper, "rename" | "flush">;
  draft: Pick<KeptDraft, "name" | "save">;
  facts: string;
  /** Before the name. */
  lead?: ReactNode;
};

/** The session's name, changed in place, and whether the draft is safe. */
export function SetupHeader({ keeper, draft, facts, lead }: SetupHeaderProps) {
  return (
    <header className="z-20 flex min-h-16 flex-wrap items-center justify-between gap-x-6 border-line border-b bg-surface px-4 py-2 sm:px-5 lg:sticky lg:top-0">
      {lead}
      <div className="min-w-0 flex-1 basis-44">
        <NameField keeper={keeper} name={draft.name} />
        <p className="edge-print">{facts}</p>
      </div>
      <Saved save={draft.save} onRetry={() => keeper.flush()} />
    </header>
  );
}

function NameField({ keeper, name }: { keeper: SetupHeaderProps["keeper"]; name: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  function leave() {
    const next = typed?.trim();
    setTyped(null);
    if (next && next !== name) void keeper.rename(next);
  }
  return (
    <h1 className="group flex items-center gap-1.5 text-title">
      <input
        ref={input}
        aria-label="Name of this session"
        value={typed ?? name}
        maxLength={120}
        autoComplete="off"
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") input.current?.blur();
          if (event.key === "Escape") setTyped(null);
        }}
        className={cn(
          "-mx-1.5 field-sizing-content h-8 min-w-40 max-w-full truncate rounded-control px-1.5",
          "hover:bg-sunken focus:bg-raised",
        )}
      />
      <Pencil
        className="size-4 shrink-0 text-ink-3 transition-opacity group-focus-within:opacity-0"
        strokeWidth={1.75}
        aria-hidden
      />
    </h1>
  );
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });

function Saved({ save, onRetry }: { save: SaveState; onRetry: () => void }) {
  if (save.kind === "failed") {
    return (
      <div role="alert" className="flex items-center gap-2 text-dense text-err">
        <CloudAlert className="size-4 shrink-0" aria-hidden />
        <span>{save.elsewhere ? save.words : `Not saved. ${save.words} Your text is in this tab.`}</span>
        <Button size="small" onClick={save.elsewhere ? () => location.reload() : onRetry}>
          {save.elsewhere ? "Reload" : "Retry"}
        </Button>
      </div>
    );
  }
  return (
    <p role="status" className="edge-print whitespace-nowrap">
      {save.kind === "saving" && "Saving"}
      {save.kind === "saved" && `Draft saved ${TIME.format(save.at)}`}
    </p>
  );
}
