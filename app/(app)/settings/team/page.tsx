import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { SettingsTabs } from "@/components/layout/settings-tabs";
import { MembershipPanel } from "@/components/workspaces/membership-panel";
import { TeamPanel } from "@/components/workspaces/team-panel";
import { requireUser } from "@/lib/auth/current-user";
import { env } from "@/lib/env";
import { listInvitations, listMembers } from "@/lib/workspaces/queries";
import { personWords, workspaceWords } from "@/lib/workspaces/words";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage() {
  const user = await requireUser();
  const facts = user.role === "owner" ? "Who works here, and what they may do" : workspaceWords(user.home);
  return (
    <>
      <PageHeader title="Team" facts={facts}>
        <SettingsTabs />
      </PageHeader>
      {user.role === "owner" ? (
        <OwnersTeam ownerId={user.id} who={personWords(user)} />
      ) : (
        <MembershipPanel workspaceId={user.id} owner={personWords(user.home)} email={user.home.email} />
      )}
    </>
  );
}

async function OwnersTeam({ ownerId, who }: { ownerId: string; who: string }) {
  const [members, invitations] = await Promise.all([listMembers({ ownerId }), listInvitations({ ownerId })]);
  const sendsMail = env().SMTP_URL !== undefined;
  return <TeamPanel who={who} members={members} invitations={invitations} sendsMail={sendsMail} />;
}
