"use server";

import { authedAction } from "@/lib/action";
import { moveToLive } from "./mutations/move-to-live";
import { moveToLiveSchema } from "./schemas";

export const moveToLiveAction = authedAction(moveToLiveSchema, ({ input, user }) =>
  moveToLive({ ...input, userId: user.id }),
);
