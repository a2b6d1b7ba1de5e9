import { requireOwner } from "@/lib/auth/owner-gate";
import { authedRoute } from "@/lib/route";
import { readPeriod } from "@/lib/usage/period";
import { usageLines } from "@/lib/usage/queries/usage-lines";
import { usageCsv } from "@/lib/usage/usage-csv";

/** GET ?period=30 or ?from=&to= (days in UTC): usage.csv of the workspace, for its owner. */
export const GET = authedRoute(async ({ request, user }) => {
  requireOwner(user, "usage");
  const { from, to } = readPeriod(Object.fromEntries(new URL(request.url).searchParams), new Date());
  const lines = await usageLines({ userId: user.id, from, to });
  return new Response(usageCsv(lines), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="usage-${from}-to-${to}.csv"`,
    },
  });
});
