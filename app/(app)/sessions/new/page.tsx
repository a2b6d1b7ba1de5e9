import { availableParallelism } from "node:os";
import type { Metadata } from "next";
import { Setup } from "@/components/inputs/setup";
import { requireUser } from "@/lib/auth/current-user";
import { env } from "@/lib/env";
import { models } from "@/lib/models/registry";

export const metadata: Metadata = { title: "New session" };

export default async function NewSessionPage() {
  await requireUser();
  return (
    <Setup view={null} models={models()} parallel={env().STUDIO_CONCURRENCY ?? availableParallelism()} />
  );
}
