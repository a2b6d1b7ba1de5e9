import { TriangleAlert } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { DetailAttempt } from "@/lib/items/details";
import { askedUsed } from "./asked-used";

/** Asked for, and really used: side by side, a difference marked. */
export function AskedUsedTable({ attempt }: { attempt: DetailAttempt }) {
  const rows = askedUsed(attempt);
  // Nothing was used where nothing was made.
  if (rows.length === 0 || !attempt.image) return null;
  return (
    <table className="w-full text-left text-dense">
      <thead className="text-ink-3">
        <tr>
          <th className="pr-3 pb-1 font-normal">
            <span className="sr-only">Setting</span>
          </th>
          <th className="pr-3 pb-1 font-normal">Asked</th>
          <th className="pb-1 font-normal">Used</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, asked, used, differs }) => (
          <tr key={name} className={cn("border-line border-t align-top", differs && "text-warn")}>
            <th scope="row" className="whitespace-nowrap py-1 pr-3 font-normal text-ink-3">
              {name}
            </th>
            <td className="break-words py-1 pr-3">{asked}</td>
            <td className="break-words py-1">
              {differs && <TriangleAlert className="mr-1 inline size-3.5" aria-label="Differs:" />}
              {used ?? <span className="text-ink-3">not said</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
