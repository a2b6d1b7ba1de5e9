import { Download } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button";
import { MonthPanel } from "@/components/usage/month-panel";
import { PeriodPicker } from "@/components/usage/period-picker";
import { UsageEmpty } from "@/components/usage/usage-empty";
import { UsageOfOwner } from "@/components/usage/usage-of-owner";
import { UsageReport } from "@/components/usage/usage-report";
import { requireUser } from "@/lib/auth/current-user";
import { periodWords, readPeriod } from "@/lib/usage/period";
import { hasUsage, monthUsage } from "@/lib/usage/queries/month-usage";
import { usageOf } from "@/lib/usage/queries/usage-of";
import { personWords } from "@/lib/workspaces/words";

export const metadata: Metadata = { title: "Usage" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function UsagePage({ searchParams }: Props) {
  const [user, params] = await Promise.all([requireUser(), searchParams]);
  if (user.role === "member") return <UsageOfOwner owner={personWords(user.home)} />;
  const period = readPeriod(params, new Date());
  const [month, usage, any] = await Promise.all([
    monthUsage({ userId: user.id }),
    usageOf({ userId: user.id, ...period }),
    hasUsage({ userId: user.id }),
  ]);
  const address = `/api/usage/export?from=${period.from}&to=${period.to}`;
  return (
    <>
      <PageHeader
        title="Usage"
        facts={`${periodWords(period)} · days and months are UTC`}
        actions={
          any && (
            <a href={address} download className={buttonClass()}>
              <Download aria-hidden />
              Download CSV
            </a>
          )
        }
      />
      <div className="flex flex-col gap-6 p-4 sm:p-5">
        <MonthPanel month={month} />
        {any && <PeriodPicker period={period} />}
        {usage.models.length > 0 ? (
          <UsageReport usage={usage} period={period} />
        ) : (
          <UsageEmpty any={any} period={period} />
        )}
      </div>
    </>
  );
}
