import type { ReactNode } from "react";
import { formatMoney } from "@/lib/money";
import { type Figures, figuresOf, percentWords } from "@/lib/usage/figures";
import type { UsageNumbers } from "@/lib/usage/types";
import { countWords, tookWords } from "@/lib/words";

type Row = UsageNumbers & { key: string; name: ReactNode };
type NumbersTableProps = { title: string; first: string; rows: Row[]; note?: string };

// What one looks for first comes first: a phone shows the left half.
const COLUMNS: { label: string; value: (numbers: UsageNumbers, figures: Figures) => string | null }[] = [
  { label: "Images", value: (_, { images }) => countWords(images) },
  { label: "Cost", value: (_, { cost }) => formatMoney(cost) },
  { label: "Per image", value: (_, { perImage }) => (perImage === null ? null : formatMoney(perImage)) },
  { label: "Approved", value: ({ approved }) => countWords(approved) },
  {
    label: "Per approved",
    value: (_, { perApproved }) => (perApproved === null ? null : formatMoney(perApproved)),
  },
  {
    label: "Success",
    value: (_, { successRate }) => (successRate === null ? null : percentWords(successRate)),
  },
  { label: "Failed", value: ({ failed }) => countWords(failed) },
  { label: "Blocked", value: ({ blocked }) => countWords(blocked) },
  { label: "No answer", value: ({ unknown }) => countWords(unknown) },
  { label: "Reused", value: ({ reused }) => countWords(reused) },
  { label: "Mean time", value: ({ meanMs }) => (meanMs === null ? null : tookWords(meanMs)) },
];

/** One line for each session or model, the dearest first. Scrolls sideways where it must. */
export function NumbersTable({ title, first, rows, note }: NumbersTableProps) {
  return (
    <div className="min-w-0">
      <h2 className="font-semibold text-lead">{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section aria-label={title} tabIndex={0} className="mt-2 overflow-x-auto">
        <table className="w-full text-dense">
          <thead>
            <tr className="border-line border-b text-ink-2">
              <th scope="col" className="py-2 pr-4 text-left font-medium">
                {first}
              </th>
              {COLUMNS.map(({ label }) => (
                <th key={label} scope="col" className="whitespace-nowrap py-2 pl-4 text-right font-medium">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <NumbersRow key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      {note && <p className="mt-2 text-dense text-ink-2">{note}</p>}
    </div>
  );
}

function NumbersRow({ row }: { row: Row }) {
  const figures = figuresOf(row);
  return (
    <tr className="border-line border-b">
      <th scope="row" className="min-w-40 py-2 pr-4 text-left font-normal">
        {row.name}
      </th>
      {COLUMNS.map(({ label, value }) => (
        <td key={label} className="whitespace-nowrap py-2 pl-4 text-right">
          {value(row, figures) ?? "–"}
        </td>
      ))}
    </tr>
  );
}
