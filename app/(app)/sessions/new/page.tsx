import type { Metadata } from "next";
import { NewSetup } from "@/components/inputs/new-setup";
import { requireUser } from "@/lib/auth/current-user";
import { models } from "@/lib/models/registry";

export const metadata: Metadata = { title: "New session" };

export default async function NewSessionPage() {
  await requireUser();
  return <NewSetup models={models()} />;
}
