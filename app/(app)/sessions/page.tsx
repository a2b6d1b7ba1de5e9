import type { Metadata } from "next";
import { SessionsEmpty } from "@/components/sessions/list/sessions-empty";
import { SessionsList } from "@/components/sessions/list/sessions-list";
import { requireUser } from "@/lib/auth/current-user";
import { isNewest, readListQuery } from "@/lib/sessions/list-query";
import { listSessions } from "@/lib/sessions/queries/list-sessions";

export const metadata: Metadata = { title: "Sessions" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SessionsPage({ searchParams }: Props) {
  const [user, params] = await Promise.all([requireUser(), searchParams]);
  const query = readListQuery(params);
  const page = await listSessions({ userId: user.id, ...query });
  if (page.rows.length === 0 && isNewest(query)) return <SessionsEmpty />;
  return <SessionsList query={query} page={page} />;
}
