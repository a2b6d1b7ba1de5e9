import type { NextRequest } from "next/server";
import { takeCall } from "@/inngest/engine/calls";
import { inngestHandlers } from "@/inngest/serve";
import { engineName } from "@/lib/env";
import { isSameOrigin } from "@/lib/security/same-origin";

/** Seconds one call may take where the host sets a limit: the longest a provider is waited for, and a little. */
export const maxDuration = 300;

type Method = "GET" | "POST" | "PUT";
type Context = { params: Promise<Record<string, never>> };

/**
 * Without Inngest's own settings nobody may call functions from outside. With them the SDK asks for its signature, but
 * not from a development server; so pages of other sites are kept out here.
 */
function guarded(method: Method) {
  return async (request: NextRequest, context: Context): Promise<Response> => {
    if (engineName() !== "inngest" || !isSameOrigin(request)) return new Response(null, { status: 404 });
    const answer = await takeCall(() => inngestHandlers()[method](request, context));
    return answer ?? new Response(null, { status: 503, headers: { "retry-after": "1" } });
  };
}

export const GET = guarded("GET");
export const POST = guarded("POST");
export const PUT = guarded("PUT");
