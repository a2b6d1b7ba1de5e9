import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { json, type Reply } from "./faults/damage";
import { statsOf } from "./log/stats";
import type { Provider } from "./provider";
import { controlSchema } from "./settings";

/** What a script outside asks a running fake: GET /__log?from=N, GET /__stats, POST /__control. */
export async function serveControl(provider: Provider, request: IncomingMessage): Promise<Reply | null> {
  const url = new URL(request.url ?? "/", "http://fake");
  switch (`${request.method} ${url.pathname}`) {
    case "GET /__log":
      return json(200, provider.log.calls.slice(Number(url.searchParams.get("from") ?? 1) - 1));
    case "GET /__stats":
      return json(200, statsOf(provider.log.calls, provider.allowedPerMinute()));
    case "POST /__control":
      return change(provider, await text(request));
    default:
      return null;
  }
}

function change(provider: Provider, body: string): Reply {
  try {
    provider.control(controlSchema.parse(JSON.parse(body)));
    return json(200, { ok: true });
  } catch (error) {
    const words = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return json(400, { error: words });
  }
}
