import type { Metadata } from "next";
import { ConnectionsPanel } from "@/components/connections/connections-panel";
import { PageHeader } from "@/components/layout/page-header";
import { SettingsTabs } from "@/components/layout/settings-tabs";
import { requireUser } from "@/lib/auth/current-user";
import { listConnections } from "@/lib/connections/queries";

export const metadata: Metadata = { title: "Providers" };

export default async function ProviderSettingsPage() {
  const user = await requireUser();
  const connections = await listConnections({ userId: user.id, asMember: user.role === "member" });
  return (
    <>
      <PageHeader title="Providers" facts="Where images are made, with which key, and how fast">
        <SettingsTabs />
      </PageHeader>
      <ConnectionsPanel connections={connections} mayAdd={user.role === "owner"} />
    </>
  );
}
