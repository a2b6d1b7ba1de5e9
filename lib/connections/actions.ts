"use server";

import { authedAction } from "@/lib/action";
import { changeConnection, createConnection } from "./mutations/edit-connections";
import { revokeConnection } from "./mutations/revoke-connection";
import { learnLimits, setLimits } from "./mutations/set-limits";
import { testConnection } from "./mutations/test-connection";
import {
  changeConnectionSchema,
  connectionIdSchema,
  connectionKeySchema,
  createConnectionSchema,
  setLimitsSchema,
} from "./schemas";

export const createConnectionAction = authedAction(createConnectionSchema, ({ input, user }) =>
  createConnection({ ...input, userId: user.id }),
);

export const changeConnectionAction = authedAction(changeConnectionSchema, ({ input, user }) =>
  changeConnection({ ...input, userId: user.id }),
);

export const testConnectionAction = authedAction(connectionKeySchema, ({ input, user }) =>
  testConnection({ ...input, userId: user.id }),
);

export const revokeConnectionAction = authedAction(connectionIdSchema, ({ input, user }) =>
  revokeConnection({ ...input, userId: user.id }),
);

export const setLimitsAction = authedAction(setLimitsSchema, ({ input, user }) =>
  setLimits({ ...input, userId: user.id }),
);

export const learnLimitsAction = authedAction(connectionKeySchema, ({ input, user }) =>
  learnLimits({ ...input, userId: user.id }),
);
