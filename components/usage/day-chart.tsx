import { cn } from "@/components/ui/cn";
import { formatMoney } from "@/lib/money";
import type { Chart, ChartColumn } from "@/lib/usage/chart";
import { countWords, plural } from "@/lib/words";

// Told apart without colour, also on paper.
const FILLS = [
  "bg-ink",
  "bg-line-strong",
  "bg-[repeating-linear-gradient(45deg,var(--color-ink-2)_0_1.5px,transparent_1.5px_4.5px)] border border-ink-2",
  "border border-ink-2",
];

/** Columns by day, stacked by model, and the same as a table. */
export function DayChart({ chart }: { chart: Chart }) {
  const { measure, span, columns, models, highest } = chart;
  const words = measure === "cost" ? formatMoney : (count: number) => plural(count, "image");
  const title = `${measure === "cost" ? "Cost" : "Images"} by ${span}`;
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="font-semibold text-lead">{title}</h2>
        {models.length > 1 && <Legend models={models} />}
      </figcaption>
      {/* Few columns stay columns. */}
      <div aria-hidden className="mt-3" style={{ maxWidth: columns.length * 48 }}>
        <p className="edge-print whitespace-nowrap">{words(highest)}</p>
        <div className="flex h-40 items-end gap-px border-line-strong border-b sm:gap-0.5">
          {columns.map((column) => (
            <Column
              key={column.label}
              column={column}
              highest={highest}
              title={`${column.label}: ${words(column.total)}`}
            />
          ))}
        </div>
        <p className="edge-print flex justify-between whitespace-nowrap">
          <span>{columns[0]?.label}</span>
          {columns.length > 1 && <span>{columns.at(-1)?.label}</span>}
        </p>
      </div>
      <ChartTable chart={chart} title={title} words={measure === "cost" ? formatMoney : countWords} />
    </figure>
  );
}

function Column({ column, highest, title }: { column: ChartColumn; highest: number; title: string }) {
  return (
    <div title={title} className="flex h-full min-w-0 flex-1 flex-col-reverse gap-px hover:bg-idle-bg">
      {column.parts.map((part, i) =>
        part > 0 ? (
          <span
            // The place is the model.
            // biome-ignore lint/suspicious/noArrayIndexKey: models keep their places
            key={i}
            className={cn("block min-h-0.5 shrink-0 forced-color-adjust-none", FILLS[i])}
            style={{ height: `calc(${((100 * part) / highest).toFixed(3)}% - 1px)` }}
          />
        ) : null,
      )}
    </div>
  );
}

function Legend({ models }: { models: string[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 text-dense text-ink-2">
      {models.map((model, i) => (
        <li key={model} className="flex items-center gap-1.5">
          <span aria-hidden className={cn("size-3 forced-color-adjust-none", FILLS[i])} />
          {model}
        </li>
      ))}
    </ul>
  );
}

type ChartTableProps = { chart: Chart; title: string; words: (amount: number) => string };

/** Days without an image are left out. */
function ChartTable({ chart: { models, columns }, title, words }: ChartTableProps) {
  return (
    <details className="mt-2">
      <summary className="touch-target inline-flex items-center text-dense text-ink-2 underline underline-offset-2">
        As a table
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section aria-label={title} tabIndex={0} className="mt-2 overflow-x-auto">
        <table className="w-full max-w-3xl text-dense">
          <thead>
            <tr className="border-line border-b text-ink-2">
              <th scope="col" className="py-1.5 pr-4 text-left font-medium">
                Days
              </th>
              {[...models, "All"].map((model) => (
                <th key={model} scope="col" className="py-1.5 pl-4 text-right font-medium">
                  {model}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns
              .filter(({ total }) => total > 0)
              .map(({ label, total, parts }) => (
                <tr key={label} className="border-line border-b">
                  <th scope="row" className="whitespace-nowrap py-1.5 pr-4 text-left font-normal">
                    {label}
                  </th>
                  {models.map((model, i) => (
                    <td key={model} className="py-1.5 pl-4 text-right">
                      {words(parts[i] ?? 0)}
                    </td>
                  ))}
                  <td className="py-1.5 pl-4 text-right">{words(total)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
