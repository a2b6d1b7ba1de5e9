import type { Metadata } from "next";
import { NewSetup } from "@/components/inputs/new-setup";
import { requireUser } from "@/lib/auth/current-user";
import { pricedChoices } from "@/lib/models/model-choices";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";

export const metadata: Metadata = { title: "New session" };

export default async function NewSessionPage() {
  const user = await requireUser();
  return <NewSetup choices={await pricedChoices({ userId: user.id })} settings={DEFAULT_SETTINGS} />;
}
