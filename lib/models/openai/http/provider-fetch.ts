import { type Dispatcher, fetch } from "undici";
import { assertPublicUrl } from "@/lib/net/guard";
import { MAX_REFUSAL_BYTES } from "../constants";
import { wholeBody } from "./whole-body";

/** What a call got back, as it came: the SDK loses the text of some refusals, and would hold a picture three times. */
export type Received =
  | { ok: true; headers: Headers; body: AsyncIterable<Uint8Array> }
  | { ok: false; status: number; headers: Headers; body: string };

type Options = {
  dispatcher: Dispatcher;
  trusted: boolean;
  onAnswer(received: Received): void;
  /** Told of what broke the call: the SDK hides the cause of a timeout. */
  onBroken(error: unknown): void;
};

// What the SDK adds from the environment is the operator's (organisation, project, custom headers): it goes to no
// address a person entered.
const FOR_ANYONE = /^(accept|authorization|content-type|user-agent|x-client-request-id|x-stainless-.*)$/i;

/**
 * The SDK's way out: undici with our connections, bodies of known length, redirects handed back as they are (a key must
 * not follow one). Answers go to `onAnswer`, unread where they are pictures; the SDK only learns whether it was one.
 */
export function providerFetch({ dispatcher, trusted, onAnswer, onBroken }: Options) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const address = input instanceof Request ? input.url : String(input);
    if (!trusted) assertMayCall(address, onBroken);
    const { body, type } = await encoded(init.body);
    const answer = await fetch(address, {
      method: init.method ?? "GET",
      headers: headersFor(init.headers, type, trusted),
      body,
      signal: init.signal ?? null,
      redirect: "manual",
      dispatcher,
    }).catch((error: unknown) => {
      onBroken(error);
      throw error;
    });
    const headers = new Headers([...answer.headers]);
    if (answer.ok) {
      onAnswer({ ok: true, headers, body: wholeBody(answer.body ?? nothing()) });
      return new Response(null, { headers });
    }
    const { status } = answer;
    onAnswer({ ok: false, status, headers, body: await readText(answer.body) });
    // For the SDK any refusal will do; a Response may not have every status a server sends.
    return new Response(null, { status: 421 });
  };
}

function assertMayCall(address: string, onBroken: Options["onBroken"]) {
  try {
    assertPublicUrl(address);
  } catch (error) {
    onBroken(error);
    throw error;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A body of unknown length would go out in chunks, which small servers do not take. */
async function encoded(body: RequestInit["body"]): Promise<{ body: Uint8Array | null; type: string | null }> {
  if (body === null || body === undefined) return { body: null, type: null };
  const response = new Response(body);
  return { body: new Uint8Array(await response.arrayBuffer()), type: response.headers.get("content-type") };
}

function headersFor(
  given: RequestInit["headers"],
  type: string | null,
  trusted: boolean,
): [string, string][] {
  const headers = new Headers(given);
  if (type && !headers.has("content-type")) headers.set("content-type", type);
  return [...headers].filter(([name]) => trusted || FOR_ANYONE.test(name));
}

async function readText(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    parts.push(part);
    size += part.length;
    if (size > MAX_REFUSAL_BYTES) break;
  }
  return Buffer.concat(parts).toString("utf8", 0, MAX_REFUSAL_BYTES);
}
