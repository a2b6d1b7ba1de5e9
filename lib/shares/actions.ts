"use server";

import { authedAction } from "@/lib/action";
import { createShare } from "./mutations/create-share";
import { revokeShare } from "./mutations/revoke-share";
import { createShareSchema, revokeShareSchema } from "./schemas";

export const createShareAction = authedAction(createShareSchema, ({ input, user }) =>
  createShare({ ...input, userId: user.id }),
);

export const revokeShareAction = authedAction(revokeShareSchema, ({ input, user }) =>
  revokeShare({ ...input, userId: user.id }),
);
