"use server";

import { authedAction } from "@/lib/action";
import { chooseAttempt, regenerateItems, retryItems } from "./mutations/redo-items";
import { chooseAttemptSchema, regenerateSchema, retrySchema } from "./schemas";

export const retryItemsAction = authedAction(retrySchema, ({ input, user }) =>
  retryItems({ ...input, userId: user.id }),
);

export const regenerateItemsAction = authedAction(regenerateSchema, ({ input, user }) =>
  regenerateItems({ ...input, userId: user.id }),
);

export const chooseAttemptAction = authedAction(chooseAttemptSchema, ({ input, user }) =>
  chooseAttempt({ ...input, userId: user.id }),
);
