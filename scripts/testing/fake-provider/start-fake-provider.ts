import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { BatchPlan } from "./batches/plan";
import { isBatchPath, serveBatches } from "./batches/serve-batches";
import type { FakeBatch, StoredFile } from "./batches/store";
import { serveControl } from "./control";
import type { Dialect } from "./dialects/dialect";
import { localaiDialect } from "./dialects/localai";
import { openaiDialect } from "./dialects/openai";
import { sdServerDialect } from "./dialects/sd-server";
import { sglangDialect } from "./dialects/sglang";
import { vllmOmniDialect } from "./dialects/vllm-omni";
import { type Exchange, sendRefusal, serveImages, serveInfo } from "./exchange";
import type { Call } from "./log/call";
import { type Stats, statsOf } from "./log/stats";
import { Provider } from "./provider";
import { Refusal } from "./refusal";
import {
  type Control,
  type DialectName,
  type FakeProviderOptions,
  type Rule,
  settingsSchema,
} from "./settings";

const BY_NAME: Record<DialectName, Dialect> = {
  openai: openaiDialect,
  "sd-server": sdServerDialect,
  localai: localaiDialect,
  "vllm-omni": vllmOmniDialect,
  sglang: sglangDialect,
};

export type FakeProvider = {
  /** "http://127.0.0.1:4010" */
  url: string;
  /** What goes into OPENAI_BASE_URL: `url` and "/v1". */
  baseUrl: string;
  /** Null where none is asked for. */
  key: string | null;
  /** All requests so far, those for models and pictures included. */
  calls(): readonly Call[];
  /** Calls for images alone. */
  imageCalls(): readonly Call[];
  /** Adds rules to the script. */
  script(...rules: Rule[]): void;
  /** Changes latency, limits, hints, rates and rules while it runs. */
  control(change: Control): void;
  stats(): Stats;
  /** Its batches, oldest first. */
  batches(): readonly FakeBatch[];
  /** Files it holds. */
  files(): readonly StoredFile[];
  /** What becomes of the next batches, one plan each. */
  planBatches(...plans: BatchPlan[]): void;
  /** Another plan for a batch that stays where it is. */
  replan(id: string, plan: Partial<FakeBatch["plan"]>): void;
  /** Breaks open connections off. */
  close(): Promise<void>;
};

/**
 * An image provider on loopback: the documented wire format with real checks, limits, latencies, faults and a log.
 * What it answers are real pictures that say which input and prompt they were made from (`readTrace`).
 */
export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const settings = settingsSchema.parse(options);
  const provider = new Provider(settings, BY_NAME[settings.dialect]);
  const server = createServer((request, response) => void serve(provider, request, response));
  // A client may keep its connections for the next call; a fake that hangs up between calls would add resets of its own.
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  server.listen(settings.port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : settings.port;
  provider.origin = `http://127.0.0.1:${port}`;
  return {
    url: provider.origin,
    baseUrl: `${provider.origin}/v1`,
    key: provider.key,
    calls: () => provider.log.calls,
    imageCalls: () => provider.log.calls.filter(({ isImage }) => isImage),
    script: (...rules) => provider.faults.add(rules),
    control: (change) => provider.control(change),
    stats: () => statsOf(provider.log.calls, provider.allowedPerMinute()),
    batches: () => [...provider.store.batches.values()],
    files: () => [...provider.store.files.values()],
    planBatches: (...plans) => provider.store.plan(plans),
    replan(id, plan) {
      Object.assign(provider.store.batch(id).plan, plan);
      provider.store.wake();
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      provider.log.close();
    },
  };
}

async function serve(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? "/", provider.origin).pathname;
  if (path.startsWith("/__")) {
    const reply = await serveControl(provider, request);
    response.writeHead(reply?.status ?? 404, reply?.headers).end(reply?.body);
    return;
  }
  const route = provider.dialect.images[`${request.method} ${path}`];
  const call = provider.log.begin(request, path, route !== undefined);
  const exchange: Exchange = { provider, call, request, response };
  watch(exchange);
  try {
    if (route) await serveImages(exchange, route);
    else if (provider.dialect.official && isBatchPath(path)) await serveBatches(exchange);
    else await serveOther(exchange);
  } catch (error) {
    // A client that left needs no answer.
    if (response.closed) return;
    const refusal =
      error instanceof Refusal ? error : new Refusal(500, String(error), { type: "server_error" });
    await sendRefusal(exchange, refusal);
  }
}

async function serveOther(exchange: Exchange): Promise<void> {
  const { provider, call, request, response } = exchange;
  const kept = provider.kept.get(call.path);
  if (kept && request.method === "GET") {
    call.status = 200;
    response.writeHead(200, {
      "content-type": `image/${kept.format}`,
      "content-length": kept.picture.length,
    });
    response.end(kept.picture);
    return;
  }
  const info = request.method === "GET" ? provider.dialect.info[call.path] : undefined;
  if (!info) {
    throw new Refusal(404, `Invalid URL (${request.method} ${call.path})`);
  }
  await serveInfo(exchange, () => info(provider.settings));
}

/** Notes in the log how the exchange ended. */
function watch({ provider, call, request, response }: Exchange): void {
  response.once("close", () => {
    call.status = response.headersSent ? response.statusCode : null;
    call.abortedByClient = !response.writableFinished && !call.cutByServer;
    call.bytesOut = request.socket.bytesWritten - written;
    provider.log.end(call);
  });
  const written = request.socket.bytesWritten;
}
