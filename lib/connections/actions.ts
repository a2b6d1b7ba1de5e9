"use server";

import { ownerAction } from "@/lib/action";
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

export const createConnectionAction = ownerAction("keys", createConnectionSchema, ({ input, user }) =>
  createConnection({ ...input, userId: user.id }),
);

export const changeConnectionAction = ownerAction("keys", changeConnectionSchema, ({ input, user }) =>
  changeConnection({ ...input, userId: user.id }),
);

export const testConnectionAction = ownerAction("keys", connectionKeySchema, ({ input, user }) =>
  testConnection({ ...input, userId: user.id }),
);

export const revokeConnectionAction = ownerAction("keys", connectionIdSchema, ({ input, user }) =>
  revokeConnection({ ...input, userId: user.id }),
);

export const setLimitsAction = ownerAction("keys", setLimitsSchema, ({ input, user }) =>
  setLimits({ ...input, userId: user.id }),
);

export const learnLimitsAction = ownerAction("keys", connectionKeySchema, ({ input, user }) =>
  learnLimits({ ...input, userId: user.id }),
);
