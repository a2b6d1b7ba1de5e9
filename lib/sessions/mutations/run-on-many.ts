import "server-only";
import { db } from "@/db";
import { recordAudit } from "@/lib/audit";
import { bulkDraftOf } from "@/lib/recipes/draft-of";
import { ok, type Result } from "@/lib/result";
import { baseOf, listChain, toStepContent } from "@/lib/steps/queries/list-chain";
import { DEFAULT_SETTINGS } from "../constants";
import { findSession } from "../queries/find-session";
import { gone } from "../words";
import { createSession } from "./create-session";

/** A bulk draft with the chain of a session, of either kind, ready for images. Pressed twice it is one draft. */
export async function runOnMany({
  userId,
  sessionId,
  intent,
}: {
  userId: string;
  sessionId: string;
  intent: string;
}): Promise<Result<{ id: string }>> {
  const session = await findSession({ sessionId, userId });
  if (!session) return gone();
  const base = baseOf(session);
  const steps = (await listChain(sessionId)).map(toStepContent);
  const draft = bulkDraftOf({ prompt: base.prompt, steps });
  const { id } = await createSession({
    userId,
    intent,
    kind: "bulk",
    name: `${session.name.slice(0, 112)} (many)`,
    prompt: draft.prompt,
    settings: { ...DEFAULT_SETTINGS, ...base.settings },
    steps: draft.steps,
    recipeVersionId: session.recipeVersionId,
  });
  await recordAudit(db(), { ownerId: userId, action: "session.many", sessionId, after: { id } });
  return ok({ id });
}
