import { Button, buttonClass } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import type { Period } from "@/lib/usage/period";

const KINDS = [
  { kind: "month", label: "This month", href: "/usage" },
  { kind: "30", label: "Last 30 days", href: "/usage?period=30" },
] as const;

/** Which days the report is of. Plain links and a form, so that an address can be kept and sent. */
export function PeriodPicker({ period }: { period: Period }) {
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <nav aria-label="Period" className="flex gap-2">
        {KINDS.map(({ kind, label, href }) => (
          <Link
            key={kind}
            href={href}
            aria-current={period.kind === kind ? "page" : undefined}
            className={buttonClass(period.kind === kind ? "primary" : "secondary")}
          >
            {label}
          </Link>
        ))}
      </nav>
      {/* A new period shows its own days: the fields start anew. */}
      <form key={`${period.from} ${period.to}`} action="/usage" className="flex flex-wrap items-end gap-2">
        <DayField name="from" label="From" day={period.from} />
        <DayField name="to" label="To" day={period.to} />
        <Button type="submit">Show</Button>
      </form>
    </div>
  );
}

function DayField({ name, label, day }: { name: string; label: string; day: string }) {
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={`usage-${name}`} className="text-dense text-ink-2">
        {label}
      </label>
      <Input id={`usage-${name}`} type="date" name={name} defaultValue={day} required className="w-36" />
    </div>
  );
}
