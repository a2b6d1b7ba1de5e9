import { listEarlierPrompts } from "@/lib/prompts/queries";
import { authedRoute } from "@/lib/route";

/** The person's earlier prompts, the one used last first. */
export const GET = authedRoute(async ({ user }) =>
  Response.json({ prompts: await listEarlierPrompts({ userId: user.id, personId: user.personId }) }),
);
