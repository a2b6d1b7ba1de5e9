import { availableParallelism } from "node:os";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { DraftScreen, RunScreen, SerialScreen } from "@/components/sessions/session-screens";
import { requireUser } from "@/lib/auth/current-user";
import { env } from "@/lib/env";
import { idSchema } from "@/lib/ids";
import { pricedChoices } from "@/lib/models/model-choices";
import { getSessionView } from "@/lib/sessions/queries/get-session-view";

type Props = { params: Promise<{ sessionId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const view = await findView((await params).sessionId);
  return { title: view?.name ?? "Not found" };
}

export default async function SessionPage({ params }: Props) {
  const user = await requireUser();
  const view = await findView((await params).sessionId);
  if (!view) notFound();
  if (view.kind === "serial") {
    return <SerialScreen key={view.id} view={view} choices={await pricedChoices({ userId: user.id })} />;
  }
  if (view.state !== "draft") return <RunScreen key={view.id} view={view} />;
  return (
    <DraftScreen
      key={view.id}
      view={view}
      choices={await pricedChoices({ userId: user.id })}
      parallel={env().STUDIO_CONCURRENCY ?? availableParallelism()}
    />
  );
}

/** Null for a session of someone else as for a missing one. Read once for title and page. */
const findView = cache(async (id: string) => {
  const user = await requireUser();
  const sessionId = idSchema.safeParse(id);
  if (!sessionId.success) return null;
  return getSessionView({ sessionId: sessionId.data, userId: user.id });
});
