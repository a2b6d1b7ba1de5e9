import "server-only";
import { db } from "@/db";
import { recordAudit } from "@/lib/audit";
import { bulkDraftOf, serialDraftOf } from "@/lib/recipes/draft-of";
import { ok, type Result } from "@/lib/result";
import { baseOf, listChain, toStepContent } from "@/lib/steps/queries/list-chain";
import { DEFAULT_SETTINGS } from "../constants";
import { findSession } from "../queries/find-session";
import { gone } from "../words";
import { createSession } from "./create-session";

/**
 * A draft with the chain and settings of a session and none of its images: over many images (run on many) or on one,
 * whatever kind the session is. Pressed twice it is one draft.
 */
export async function startFromSession({
  userId,
  sessionId,
  intent,
  kind,
}: {
  userId: string;
  sessionId: string;
  intent: string;
  kind: "bulk" | "serial";
}): Promise<Result<{ id: string }>> {
  const session = await findSession({ sessionId, userId });
  if (!session) return gone();
  const base = baseOf(session);
  const steps = (await listChain(sessionId)).map(toStepContent);
  const draftOf = kind === "bulk" ? bulkDraftOf : serialDraftOf;
  const draft = draftOf({ prompt: base.prompt, steps });
  const { id } = await createSession({
    userId,
    intent,
    kind,
    name: `${session.name.slice(0, 112)} (${kind === "bulk" ? "many" : "one"})`,
    prompt: draft.prompt,
    settings: { ...DEFAULT_SETTINGS, ...base.settings },
    steps: draft.steps,
    recipeVersionId: session.recipeVersionId,
  });
  await recordAudit(db(), { ownerId: userId, action: "session.chain", sessionId, after: { id } });
  return ok({ id });
}
