import { type ComponentProps, useId } from "react";

type Props = ComponentProps<"input"> & { label: string; hint?: string; problem?: string };

/** A labelled input whose line below holds the hint or the problem, so that nothing moves when one appears. */
export function TextField({ label, hint, problem, ...input }: Props) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="block font-medium text-dense text-ink">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-note`}
        className="mt-1 h-11 w-full rounded-control border border-line-strong bg-raised px-3 text-lead text-ink aria-invalid:border-err"
      />
      <p id={`${id}-note`} className={`mt-1 min-h-5 text-dense ${problem ? "text-err" : "text-ink-3"}`}>
        {problem ?? hint}
      </p>
    </div>
  );
}
