"use client";

import { useId } from "react";
import { ReferencesField } from "./references-field";
import { useAttached } from "./use-attached";
import { type AttachModel, referenceRoom, referenceWords } from "./used-references";

type ReferencesPanelProps = { sessionId: string; model: AttachModel | undefined };

/** References of the whole session. Not there while the model takes none and there are none. */
export function ReferencesPanel({ sessionId, model }: ReferencesPanelProps) {
  const id = useId();
  const { state } = useAttached(sessionId);
  const shared = state.rows.filter((row) => row.role === "reference" && row.forInputId === null);
  if (!model || (shared.length === 0 && referenceRoom(model) === 0)) return null;
  const used = shared.filter((row) => row.state !== "refused").length;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div>
        <h2 id={id} className="font-semibold text-base">
          References
        </h2>
        <p className="mt-0.5 text-ink-2 text-pill">
          Images the model looks at beside every source: a style, a product, a logo.
        </p>
      </div>
      <ReferencesField
        sessionId={sessionId}
        forInputId={null}
        label="References of this session"
        room={referenceRoom(model)}
        unusedWords={referenceWords(model, used)}
      />
    </section>
  );
}
