import { promises as dns, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector, fetch, type RequestInit, type Response } from "undici";
import { env } from "@/lib/env";
import { AddressRefused } from "./address-refused";
import { isPublicAddress } from "./public-address";

export type Resolve = (host: string) => Promise<LookupAddress[]>;

export type GuardOptions = {
  /** Default: PRIVATE_CONNECTIONS. */
  allowPrivate?: boolean;
  /** Until the connection stands, ms. */
  connectMs?: number;
  /** Until the first byte of the answer, and between two parts of it, ms. */
  headersMs?: number;
  bodyMs?: number;
  /** For tests. */
  resolve?: Resolve;
};

const CONNECT_MS = 10_000;

/**
 * The address when it may be called as it is written: http or https, no user or password in it, and no private
 * address spelled out. Names are judged where they are resolved: `guardedAgent`. Throws AddressRefused.
 */
export function assertPublicUrl(
  address: string,
  { allowPrivate = privateAllowed() }: Pick<GuardOptions, "allowPrivate"> = {},
): URL {
  if (!URL.canParse(address)) throw new AddressRefused("not_an_address");
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new AddressRefused("scheme");
  if (url.username || url.password) throw new AddressRefused("userinfo");
  const host = bare(url.hostname);
  if (!allowPrivate && (isIP(host) ? !isPublicAddress(host) : isLocalName(host))) {
    throw new AddressRefused("private");
  }
  return url;
}

/**
 * An agent that opens connections to public addresses only. A name is resolved once, every address it has must be
 * public, and the connection goes to one of exactly these: what the name says a moment later does not matter.
 */
export function guardedAgent({
  allowPrivate = privateAllowed(),
  connectMs = CONNECT_MS,
  headersMs,
  bodyMs,
  resolve = resolveAll,
}: GuardOptions = {}): Agent {
  const connector = buildConnector({
    timeout: connectMs,
    lookup: guardedLookup(resolve, allowPrivate),
  });
  return new Agent({
    headersTimeout: headersMs,
    bodyTimeout: bodyMs,
    connect(options, callback) {
      const host = bare(options.hostname);
      // An address that is written out is never looked up.
      if (!allowPrivate && isIP(host) && !isPublicAddress(host)) {
        return callback(new AddressRefused("private"), null);
      }
      connector(options, callback);
    },
  });
}

/**
 * Fetches from a public address through the given agent. Redirects are refused, or followed up to `redirects` times
 * with each address judged anew, never from https to http, and without what was sent along. Throws AddressRefused
 * (perhaps as the cause of fetch's own TypeError).
 */
export async function guardedFetch(
  address: string,
  {
    agent,
    allowPrivate,
    redirects = 0,
    ...init
  }: Omit<RequestInit, "dispatcher" | "redirect"> & {
    agent: Agent;
    allowPrivate?: boolean;
    redirects?: number;
  },
): Promise<Response> {
  const url = assertPublicUrl(address, { allowPrivate });
  const response = await fetch(url, { ...init, dispatcher: agent, redirect: "manual" });
  const location = response.headers.get("location");
  if (response.status < 300 || response.status >= 400 || !location) return response;
  await response.body?.cancel();
  const next = URL.canParse(location, url) ? new URL(location, url) : null;
  const isDowngrade = url.protocol === "https:" && next?.protocol === "http:";
  if (redirects < 1 || !next || isDowngrade) throw new AddressRefused("redirect");
  return guardedFetch(next.href, {
    agent,
    allowPrivate,
    redirects: redirects - 1,
    signal: init.signal,
  });
}

function privateAllowed(): boolean {
  return env().PRIVATE_CONNECTIONS === "allow";
}

function guardedLookup(resolve: Resolve, allowPrivate: boolean): LookupFunction {
  return (host, { all }, callback) => {
    resolve(host).then(
      (found) => {
        const [first] = found;
        const mayCall = allowPrivate || found.every(({ address }) => isPublicAddress(address));
        if (!first || !mayCall) callback(new AddressRefused("private"), "", 0);
        else if (all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error instanceof Error ? error : new Error("not resolved"), "", 0),
    );
  };
}

function resolveAll(host: string): Promise<LookupAddress[]> {
  return dns.lookup(host, { all: true });
}

/** Without the brackets of an IPv6 address. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** Names that never leave this machine, whatever a resolver says (RFC 6761). */
function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}
