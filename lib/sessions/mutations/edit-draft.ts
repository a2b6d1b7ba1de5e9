import "server-only";
import { transact } from "@/lib/events";
import { ok, type Result, refused } from "@/lib/result";
import type { SessionSettings } from "../types";
import { gone } from "../words";
import { changeSession } from "./change-session";

type Draft = { draftVersion: number };

/** Saves prompt and settings of a draft. A writer that has not seen the latest save is told, and nothing is lost. */
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
        if (session.draftVersion !== draftVersion) return { value: savedElsewhere() };
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
