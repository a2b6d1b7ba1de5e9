import type { z } from "zod";
import { ModelError } from "../../types";
import { answerOf, callFacts, failureOf } from "../call-provider";
import { MAX_REFUSAL_BYTES } from "../constants";
import { classify } from "../errors/classify";
import { type Client, clientFor } from "../http/client";
import type { Provider } from "../make-image";

/** For a file of lines over a slow line. */
const ASK_MS = 120_000;

type Sdk = Client["sdk"];

/** Asks the provider something that is answered with JSON. Throws ModelError. */
export async function askJson<Schema extends z.ZodType>(
  provider: Provider,
  schema: Schema,
  send: (sdk: Sdk, signal: AbortSignal) => Promise<unknown>,
): Promise<z.output<Schema>> {
  const answer = receiveStream(provider, ASK_MS, NEVER, send);
  const parsed = schema.safeParse(parse(await textOf(answer)));
  if (parsed.success) return parsed.data;
  throw new ModelError("overloaded", "The provider answered with something else than was asked for.", {
    charge: "maybe",
  });
}

const NEVER = new AbortController().signal;

/** The body of an answer as it arrives. What breaks the call or its answer is thrown as a ModelError. */
export async function* receiveStream(
  provider: Provider,
  timeoutMs: number,
  signal: AbortSignal,
  send: (sdk: Sdk, signal: AbortSignal) => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  const client = clientFor(provider.connection, timeoutMs);
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  try {
    const { body } = await answerOf(client, () => send(client.sdk, either));
    yield* body;
  } catch (error) {
    const because = signal.aborted ? "stopped" : deadline.aborted ? "deadline" : "connection";
    const failure = failureOf({ error, client, headers: new Headers(), because });
    if (!failure) throw error;
    throw classify(failure, callFacts(provider));
  }
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > 10 * MAX_REFUSAL_BYTES) break;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
