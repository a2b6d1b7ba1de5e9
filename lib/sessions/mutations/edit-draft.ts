import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { Session } from "@/db/schema";
import { transact } from "@/lib/events";
import { ok, type Result, refused } from "@/lib/result";
import type { SessionSettings } from "../types";
import { gone } from "../words";
import { changeSession } from "./change-session";

type Draft = { draftVersion: number };

/**
 * Saves prompt and settings of a draft. A writer that has not seen the latest save is told, and nothing is lost. What
 * is there already is as good as saved: a page that was left before its answer came says the same again.
 */
export async function saveDraft({
  userId,
  sessionId,
  draftVersion,
  prompt,
  settings,
}: {
  userId: string;
  sessionId: string;
  draftVersion: number;
  prompt?: string;
  settings?: SessionSettings;
}): Promise<Result<Draft>> {
  return transact(async (tx, emit) => {
    const result = await changeSession<Result<Draft>>(
      tx,
      emit,
      { sessionId, ownerId: userId },
      async (session) => {
        if (session.state !== "draft") return { value: alreadyStarted() };
        if (session.draftVersion !== draftVersion) {
          const same = isAsStored(session, { prompt, settings });
          return { value: same ? ok({ draftVersion: session.draftVersion }) : savedElsewhere() };
        }
        const next = draftVersion + 1;
        return {
          value: ok({ draftVersion: next }),
          set: {
            draftVersion: next,
            ...(prompt === undefined ? {} : { prompt }),
            ...(settings ? { settings } : {}),
          },
        };
      },
    );
    return result ?? gone();
  });
}

export async function renameSession({
  userId,
  sessionId,
  name,
}: {
  userId: string;
  sessionId: string;
  name: string;
}): Promise<Result> {
  return transact(async (tx, emit) => {
    const result = await changeSession<Result>(tx, emit, { sessionId, ownerId: userId }, async () => ({
      value: ok(),
      set: { name },
    }));
    return result ?? gone();
  });
}

function isAsStored(
  session: Pick<Session, "prompt" | "settings">,
  { prompt, settings }: { prompt?: string; settings?: SessionSettings },
): boolean {
  const samePrompt = prompt === undefined || prompt === session.prompt;
  return samePrompt && (settings === undefined || isDeepStrictEqual(settings, session.settings));
}

function alreadyStarted() {
  return refused(
    "started",
    "This session has started; its prompt and settings are frozen. Duplicate it as a draft to change them.",
  );
}

function savedElsewhere() {
  return refused(
    "conflict",
    "Another tab saved this draft after you opened it. Your text is still in this tab. Copy it, then reload.",
  );
}
