"use server";

import { authedAction } from "@/lib/action";
import { runChain } from "./mutations/run-chain";
import { saveChain } from "./mutations/save-chain";
import { runChainSchema, saveChainSchema } from "./schemas";

export const saveChainAction = authedAction(saveChainSchema, ({ input, user }) =>
  saveChain({ ...input, userId: user.id }),
);

export const runChainAction = authedAction(runChainSchema, ({ input, user }) =>
  runChain({ ...input, userId: user.id }),
);
