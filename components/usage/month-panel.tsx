import { ProgressBar } from "@/components/ui/progress-bar";
import { formatMoney } from "@/lib/money";
import { capOf, leftOf } from "@/lib/usage/cap";
import type { MonthUsage } from "@/lib/usage/types";
import { plural } from "@/lib/words";
import { BudgetForm } from "./budget-form";

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** This month against its stop, and the stop. */
export function MonthPanel({ month }: { month: MonthUsage }) {
  const cap = capOf(month);
  return (
    <section
      aria-labelledby="usage-month"
      className="flex flex-wrap items-start justify-between gap-x-12 gap-y-5 rounded-panel border border-line bg-surface p-4 sm:p-5"
    >
      <div className="min-w-0 flex-1 basis-72">
        <h2 id="usage-month" className="text-dense text-ink-2">
          {MONTH.format(new Date(month.month))}
        </h2>
        <p className="mt-1 flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold text-number">{formatMoney(month.spend)}</span>
          <span className="text-ink-2 text-lead">
            {cap === null ? "spent, no stop" : `of ${formatMoney(cap)}`}
          </span>
        </p>
        {cap !== null && (
          <ProgressBar
            label={`${formatMoney(month.spend)} of ${formatMoney(cap)} spent`}
            value={Math.min(1, month.spend / cap)}
            className="mt-2 max-w-md"
          />
        )}
        <MonthNotes month={month} />
      </div>
      <BudgetForm own={month.own} installation={month.installation} />
    </section>
  );
}

function MonthNotes({ month }: { month: MonthUsage }) {
  const left = leftOf(month);
  const notes = [
    month.reserved > 0 && `${formatMoney(month.reserved)} more is held for images being made.`,
    left !== null && left > 0 && `${formatMoney(left)} left.`,
    left === 0 && "Nothing left: no paid image starts until the stop is raised or the month ends.",
    month.pausedSessions > 0 &&
      `${plural(month.pausedSessions, "session")} paused. Results are kept. Raise the stop and ${month.pausedSessions === 1 ? "it goes" : "they go"} on.`,
  ].filter(Boolean);
  return notes.length > 0 && <p className="mt-2 text-dense text-ink-2">{notes.join(" ")}</p>;
}
