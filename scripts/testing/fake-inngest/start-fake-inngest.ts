import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { FakeInngest, type FakeInngestOptions } from "./fake-inngest";
import { checkpointSchema, eventSchema, registerSchema } from "./wire";

export type FakeInngestServer = { address: string; inngest: FakeInngest; close(): Promise<void> };

type Settings = Omit<FakeInngestOptions, "call"> & {
  call?: FakeInngestOptions["call"];
  port?: number;
  /** With keys it is a self-hosted server, else a development server. */
  eventKey?: string;
};

/** An Inngest server on loopback, as far as its SDK and our functions can tell. */
export async function startFakeInngest({ port = 0, ...settings }: Settings = {}): Promise<FakeInngestServer> {
  const { call = (url, init) => fetch(url, init) } = settings;
  const inngest = new FakeInngest({ checkpoints: true, ...settings, call });
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(inngest, settings, request).catch((error: unknown) => ({
      status: 500,
      body: { error: String(error), status: 500 },
    }));
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const bound = server.address();
  if (!bound || typeof bound === "string") throw new Error("the server has no port");
  return {
    address: `http://127.0.0.1:${bound.port}`,
    inngest,
    async close() {
      inngest.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Answer = { status: number; body: unknown };

async function answer(inngest: FakeInngest, settings: Settings, request: IncomingMessage): Promise<Answer> {
  const path = request.url ?? "/";
  const body: unknown = request.method === "POST" ? JSON.parse(await text(request)) : null;
  if (path === "/health") return { status: 200, body: { status: 200 } };
  if (path === "/__facts") return { status: 200, body: factsOf(inngest) };
  if (path.startsWith("/e/")) return takeEvents(inngest, settings, { key: path.slice(3), body });
  if (!isAuthorized(settings, request)) return { status: 401, body: { error: "Unauthorized" } };
  if (path.startsWith("/fn/register")) {
    const { modified } = inngest.register(registerSchema.parse(body).functions);
    return { status: 200, body: { ok: true, status: 200, modified, skipped: !modified } };
  }
  if (/^\/v1\/checkpoint\/[^/]+\/async$/.test(path)) {
    const { run_id, steps } = checkpointSchema.parse(body);
    return inngest.executor.keep(run_id, steps) ? { status: 200, body: {} } : { status: 404, body: {} };
  }
  return { status: 404, body: { error: `nothing at ${path}` } };
}

function takeEvents(
  inngest: FakeInngest,
  { eventKey }: Settings,
  { key, body }: { key: string; body: unknown },
): Answer {
  if (eventKey && key !== eventKey)
    return { status: 401, body: { error: "Event key not found", status: 401 } };
  const events = z.array(eventSchema).parse(Array.isArray(body) ? body : [body]);
  for (const event of events) inngest.receive(event);
  return { status: 200, body: { ids: events.map(({ id }, at) => id ?? String(at)), status: 200 } };
}

function isAuthorized({ signingKey }: Settings, { headers }: IncomingMessage): boolean {
  if (!signingKey) return true;
  const [prefix = ""] = /^signkey-\w+-/.exec(signingKey) ?? [];
  const secret = Buffer.from(signingKey.slice(prefix.length), "hex");
  const hash = createHash("sha256").update(secret).digest("hex");
  return headers.authorization === `Bearer ${prefix}${hash}`;
}

function factsOf(inngest: FakeInngest) {
  return { functions: inngest.registered(), ended: inngest.executor.ended };
}
