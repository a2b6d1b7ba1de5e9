import { CircleHelp, TriangleAlert } from "lucide-react";
import type { PlanNote } from "@/lib/models/types";

/** How the model understands the prompt, before anything is started. */
export function PromptReading({ notes }: { notes: readonly PlanNote[] }) {
  const steps = notes.flatMap((note) => (note.kind === "step" ? note.text : []));
  return (
    <div className="flex flex-col gap-2 text-dense" aria-live="polite">
      {steps.length > 0 && (
        <p>
          <span className="text-ink-3">Reads as: </span>
          <span className="font-medium">{steps.join(" → ")}</span>
        </p>
      )}
      {notes.map((note) => (
        <Doubt key={`${note.kind}-${note.text}`} note={note} />
      ))}
    </div>
  );
}

function Doubt({ note }: { note: PlanNote }) {
  if (note.kind === "step") return null;
  const Icon = note.kind === "unknown" ? CircleHelp : TriangleAlert;
  return (
    <p className="flex gap-2">
      <Icon className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      {note.kind === "unknown" ? (
        <span>
          <span className="font-medium">Not understood: “{note.text}”.</span>{" "}
          <span className="text-ink-2">{sentence(note.hint)}</span>
        </span>
      ) : (
        <span>{sentence(note.text)}</span>
      )}
    </p>
  );
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
