import type { Metadata } from "next";
import { NewApp } from "@/components/steps/new-app";
import { requireUser } from "@/lib/auth/current-user";
import { pricedChoices } from "@/lib/models/model-choices";
import { newSettings } from "@/lib/sessions/queries/new-settings";

export const metadata: Metadata = { title: "New session" };

export default async function NewSessionPage() {
  const user = await requireUser();
  const [choices, settings] = await Promise.all([
    pricedChoices({ userId: user.id }),
    newSettings({ userId: user.id }),
  ]);
  return <NewApp choices={choices} settings={settings} />;
}
