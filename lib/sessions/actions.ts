"use server";

import { authedAction } from "@/lib/action";
import { ok } from "@/lib/result";
import { createSession } from "./mutations/create-session";
import { deleteSession, restoreSession } from "./mutations/delete-session";
import { duplicateSession } from "./mutations/duplicate-session";
import { renameSession, saveDraft } from "./mutations/edit-draft";
import { setBudget } from "./mutations/set-budget";
import { startFromResults } from "./mutations/start-from-results";
import { startFromSession } from "./mutations/start-from-session";
import { startSession } from "./mutations/start-session";
import { cancelSession, pauseSession, resumeSession } from "./mutations/steer-session";
import {
  createSessionSchema,
  renameSessionSchema,
  saveDraftSchema,
  sessionIdSchema,
  setBudgetSchema,
  startFromResultsSchema,
  startFromSessionSchema,
  startSessionSchema,
} from "./schemas";

export const createSessionAction = authedAction(createSessionSchema, async ({ input, user }) =>
  ok(await createSession({ ...input, userId: user.id })),
);

export const renameSessionAction = authedAction(renameSessionSchema, ({ input, user }) =>
  renameSession({ ...input, userId: user.id }),
);

export const saveDraftAction = authedAction(saveDraftSchema, ({ input, user }) =>
  saveDraft({ ...input, userId: user.id }),
);

export const startSessionAction = authedAction(startSessionSchema, ({ input, user }) =>
  startSession({ ...input, userId: user.id }),
);

export const setBudgetAction = authedAction(setBudgetSchema, ({ input, user }) =>
  setBudget({ ...input, userId: user.id }),
);

export const pauseSessionAction = authedAction(sessionIdSchema, ({ input, user }) =>
  pauseSession({ ...input, userId: user.id }),
);

export const resumeSessionAction = authedAction(sessionIdSchema, ({ input, user }) =>
  resumeSession({ ...input, userId: user.id }),
);

export const cancelSessionAction = authedAction(sessionIdSchema, ({ input, user }) =>
  cancelSession({ ...input, userId: user.id }),
);

export const duplicateSessionAction = authedAction(sessionIdSchema, ({ input, user }) =>
  duplicateSession({ ...input, userId: user.id }),
);

export const startFromSessionAction = authedAction(startFromSessionSchema, ({ input, user }) =>
  startFromSession({ ...input, userId: user.id }),
);

export const startFromResultsAction = authedAction(startFromResultsSchema, ({ input, user }) =>
  startFromResults({ ...input, userId: user.id }),
);

export const deleteSessionAction = authedAction(sessionIdSchema, ({ input, user }) =>
  deleteSession({ ...input, userId: user.id, memberId: user.role === "member" ? user.personId : undefined }),
);

export const restoreSessionAction = authedAction(sessionIdSchema, ({ input, user }) =>
  restoreSession({ ...input, userId: user.id }),
);
