"use client";

import { PencilLine } from "lucide-react";
import { type ReactNode, useRef, useState, useTransition } from "react";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { renameSessionAction } from "@/lib/sessions/actions";

type SessionNameProps = {
  sessionId: string;
  name: string;
  /** Title of the page, or a line of the list. */
  as: "title" | "row";
  /** Shown instead of the plain name while it is not edited: a link in the list. */
  children?: (name: string) => ReactNode;
};

/** A session's name, renamed where it stands: Enter keeps it, Esc gives the old one back. */
export function SessionName({ sessionId, name: given, as, children }: SessionNameProps) {
  const [name, setName] = useState({ given, shown: given });
  const [editing, setEditing] = useState(false);
  const [, startTransition] = useTransition();
  const trigger = useRef<HTMLButtonElement>(null);
  const toast = useToast();
  // Renamed elsewhere meanwhile.
  if (name.given !== given) setName({ given, shown: given });

  function save(next: string) {
    setEditing(false);
    const trimmed = next.trim().slice(0, 120);
    if (!trimmed || trimmed === name.shown) return;
    const before = name.shown;
    setName({ given, shown: trimmed });
    startTransition(async () => {
      const result = await renameSessionAction({ sessionId, name: trimmed });
      if (result.ok) return;
      setName({ given, shown: before });
      toast.show({ tone: "error", text: result.words });
    });
  }
  function close() {
    setEditing(false);
    requestAnimationFrame(() => trigger.current?.focus());
  }

  if (editing) return <NameInput name={name.shown} onSave={save} onCancel={close} />;
  const text = children ? children(name.shown) : <span className="truncate">{name.shown}</span>;
  return (
    <div className="group/name flex min-w-0 items-center gap-1">
      {as === "title" ? <h1 className="flex min-w-0 text-title">{text}</h1> : text}
      <button
        ref={trigger}
        type="button"
        aria-label={`Rename ${name.shown}`}
        onClick={() => setEditing(true)}
        className={cn(
          "touch-target relative grid size-7 shrink-0 place-items-center rounded-control text-ink-3 hover:bg-idle-bg hover:text-ink focus-visible:opacity-100 group-hover/name:opacity-100 pointer-coarse:opacity-100",
          as === "title" ? "" : "opacity-0",
        )}
      >
        <PencilLine className="size-3.5" aria-hidden />
      </button>
    </div>
  );
}

function NameInput({
  name,
  onSave,
  onCancel,
}: {
  name: string;
  onSave: (name: string) => void;
  onCancel: () => void;
}) {
  return (
    <Input
      aria-label="Name of the session"
      defaultValue={name}
      maxLength={120}
      // It takes the place of the button that was just pressed.
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={(event) => onSave(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) onSave(event.currentTarget.value);
        if (event.key === "Escape") onCancel();
      }}
      className="max-w-xl font-semibold"
    />
  );
}
