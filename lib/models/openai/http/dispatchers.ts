import { Agent, type Dispatcher } from "undici";
import { env } from "@/lib/env";
import { guardedAgent } from "@/lib/net/guard";

/** Beyond the deadline of a call, so that it is always ours that ends it. */
const SLACK_MS = 20_000;

// One pool of connections for each kind of call, kept as long as the process: two addresses never share a socket.
const pools = new Map<string, Dispatcher>();

/**
 * Connections for calls that may take `timeoutMs`. What an operator entered may be called anywhere; what a person
 * entered only on public addresses (lib/net/guard.ts).
 */
export function dispatcherFor({ trusted, timeoutMs }: { trusted: boolean; timeoutMs: number }): Dispatcher {
  const key = `${trusted ? "open" : env().PRIVATE_CONNECTIONS} ${timeoutMs}`;
  const known = pools.get(key);
  if (known) return known;
  const ms = timeoutMs + SLACK_MS;
  const made = trusted
    ? new Agent({ headersTimeout: ms, bodyTimeout: ms, connect: { timeout: 10_000 } })
    : guardedAgent({ headersMs: ms, bodyMs: ms });
  pools.set(key, made);
  return made;
}
