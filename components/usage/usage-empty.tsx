import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { type Period, periodWords } from "@/lib/usage/period";

type UsageEmptyProps = {
  /** There are images at another time. */
  any: boolean;
  period: Period;
};

export function UsageEmpty({ any, period }: UsageEmptyProps) {
  if (any) return <EmptyState title="No images then">{periodWords(period)}: nothing was made.</EmptyState>;
  return (
    <EmptyState
      title="No images yet"
      actions={
        <Link href="/sessions/new" className={buttonClass("primary")}>
          New session
        </Link>
      }
    >
      What images take and cost is shown here, by day, session and model.
    </EmptyState>
  );
}
