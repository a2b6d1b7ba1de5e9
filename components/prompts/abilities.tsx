import { ChevronRight } from "lucide-react";
import { ABILITIES } from "@/lib/models/studio/grammar/abilities";

/** What one may ask of the built-in model, folded away. */
export function Abilities() {
  return (
    <details className="group">
      <summary className="touch-target flex min-h-8 list-none items-center gap-1.5 rounded-control text-dense text-ink-2 hover:text-ink">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
        What the built-in model can do
      </summary>
      <dl className="mt-1 flex flex-col gap-2 border-line border-l pl-3 text-dense">
        {ABILITIES.map(({ title, examples }) => (
          <div key={title}>
            <dt className="font-medium">{title}</dt>
            <dd className="text-ink-2">{examples.join(" · ")}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
