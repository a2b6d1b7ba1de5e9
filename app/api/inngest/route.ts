import { serve } from "inngest/next";
import { functions } from "@/inngest";
import { inngest } from "@/inngest/client";
import { engineName } from "@/lib/env";

const handlers = serve({ client: inngest, functions: functions.map((one) => one.inngest) });
type Handler = typeof handlers.GET;

/** Without Inngest's own settings nobody may call functions from outside. */
function guarded(handler: Handler): Handler {
  return (request, context) =>
    engineName() === "inngest"
      ? handler(request, context)
      : Promise.resolve(new Response(null, { status: 404 }));
}

export const GET = guarded(handlers.GET);
export const POST = guarded(handlers.POST);
export const PUT = guarded(handlers.PUT);
