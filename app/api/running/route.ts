import { authedRoute } from "@/lib/route";
import { countRunning } from "@/lib/sessions/queries/count-running";

/** What runs now, for the indicator on the rail. */
export const GET = authedRoute(async ({ user }) => Response.json(await countRunning({ userId: user.id })));
