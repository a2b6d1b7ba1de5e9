import { serve } from "inngest/next";
import { isLoopbackName } from "@/lib/auth/loopback";
import { env, inngestAddress } from "@/lib/env";
import { functions } from ".";
import { inngest } from "./client";
import { toInngest } from "./to-inngest";

const PATH = "/api/inngest";

type Handlers = ReturnType<typeof serve>;

let cached: { of: string | null; handlers: Handlers } | undefined;

/** What Inngest calls; made at first use, since a build has no configuration. */
export function inngestHandlers(): Handlers {
  const of = inngestAddress();
  if (cached?.of !== of) cached = undefined;
  cached ??= {
    of,
    handlers: serve({
      client: inngest,
      functions: functions.map(toInngest),
      // Never what a request says of itself: anybody may ask for a registration, and Inngest would call them.
      serveOrigin: new URL(callAddress()).origin,
      servePath: PATH,
    }),
  };
  return cached.handlers;
}

/** Where Inngest reaches this app: as configured, beside its server on this machine, or at the public address. */
export function callAddress(): string {
  const { INNGEST_SERVE_ORIGIN, NEXTAUTH_URL, HOST, PORT } = env();
  const inngest = inngestAddress();
  const isHere = inngest !== null && isLoopbackName(new URL(inngest).hostname);
  const listens = isLoopbackName(HOST) || HOST === "0.0.0.0" || HOST === "::" ? "127.0.0.1" : HOST;
  const here = `http://${listens}:${PORT}`;
  return new URL(PATH, INNGEST_SERVE_ORIGIN ?? (isHere ? here : NEXTAUTH_URL)).href;
}
