import { Link } from "@/components/ui/link";
import { chartOf } from "@/lib/usage/chart";
import type { Period } from "@/lib/usage/period";
import type { SessionUsage, Usage } from "@/lib/usage/types";
import { plural } from "@/lib/words";
import { DayChart } from "./day-chart";
import { NumbersTable } from "./numbers-table";
import { TotalFigures } from "./total-figures";

/** The CSV has them all. */
const MOST_SESSIONS = 50;

/** What was made in a period and what it cost: as a whole, by day, session and model. */
export function UsageReport({ usage, period }: { usage: Usage; period: Period }) {
  const sessions = usage.sessions.slice(0, MOST_SESSIONS);
  const more = usage.sessions.length - sessions.length;
  return (
    <>
      <TotalFigures total={usage.total} />
      <DayChart chart={chartOf(usage.days, period)} />
      <NumbersTable
        title="By session"
        first="Session"
        rows={sessions.map((row) => ({ ...row, key: row.sessionId, name: <SessionLink session={row} /> }))}
        note={more > 0 ? `${plural(more, "session")} more in the CSV.` : undefined}
      />
      <NumbersTable
        title="By model"
        first="Model"
        rows={usage.models.map((row) => ({ ...row, key: row.model, name: row.model }))}
      />
    </>
  );
}

function SessionLink({ session: { sessionId, name, inTrash } }: { session: SessionUsage }) {
  if (inTrash) return <span className="text-ink-2">{name} (deleted)</span>;
  return (
    <Link href={`/sessions/${sessionId}`} className="underline decoration-line-strong underline-offset-2">
      {name}
    </Link>
  );
}
