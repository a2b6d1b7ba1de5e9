import { type Answer, readAnswer, UnusableAnswer } from "./answer/read-answer";
import { savePicture } from "./answer/save-picture";
import { shutdownWarning } from "./catalogue";
import type { BuiltCall } from "./dialects/build-call";
import { classify } from "./errors/classify";
import type { CallFacts, Failure } from "./errors/types";
import { type Client, clientFor } from "./http/client";
import { NoWholeAnswer } from "./http/whole-body";
import type { Provider } from "./make-image";

export type Answered = { path: string; answer: Answer; headers: Headers };

type Call = { provider: Provider; call: BuiltCall; attemptId: string; to: string; signal: AbortSignal };

/** Makes the call, once, and writes its picture to `to`. Throws ModelError; a full disk throws as it is. */
export async function callProvider({ provider, call, attemptId, to, signal }: Call): Promise<Answered> {
  const { connection, facts } = provider;
  const client = clientFor(connection, facts.timeoutMs);
  // The SDK's own timeout ends with the headers; this one covers the body too.
  const deadline = AbortSignal.timeout(facts.timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  let headers = new Headers();
  try {
    const body = await answerOf(client, () =>
      client.sdk
        .post(call.path, {
          body: call.body,
          signal: either,
          headers: { "X-Client-Request-Id": attemptId },
        })
        .asResponse(),
    );
    headers = body.headers;
    const answer = await readAnswer(body.body, to);
    if (!answer.picture) await savePicture({ connection, url: answer.url ?? "", to, signal: either });
    return { path: to, answer, headers };
  } catch (error) {
    const because = signal.aborted ? "stopped" : deadline.aborted ? "deadline" : "connection";
    const failure = failureOf({ error, client, headers, because });
    if (!failure) throw error;
    throw classify(failure, callFacts(provider));
  }
}

/** A call that got no answer of success: a refusal as it came, or what broke it. */
class CallFailed extends Error {
  override readonly name = "CallFailed";
}

/** The headers and unread body of a call that succeeds. Throws CallFailed for every other. */
export async function answerOf(client: Client, send: () => Promise<unknown>) {
  try {
    await send();
  } catch (error) {
    throw new CallFailed("The call failed.", { cause: error });
  }
  const received = client.received();
  if (!received?.ok) throw new CallFailed("The call was not answered.");
  return received;
}

/** What an error says of the call; null when it is none of the call's. */
export function failureOf({
  error,
  client,
  headers,
  because,
}: {
  error: unknown;
  client: Client;
  headers: Headers;
  because: Extract<Failure, { kind: "lost" }>["because"];
}): Failure | null {
  if (error instanceof UnusableAnswer) {
    return { kind: "unusable", headers, why: error.message, body: error.body };
  }
  if (error instanceof NoWholeAnswer) return { kind: "lost", error: error.cause, because };
  if (!(error instanceof CallFailed)) return null;
  const received = client.received();
  if (received && !received.ok) return { kind: "refusal", ...received };
  return { kind: "lost", error: client.broken() ?? error.cause, because };
}

export function callFacts({ connection, facts }: Provider): CallFacts {
  return {
    provider: connection.label,
    model: facts.id,
    paid: facts.capabilities.paid,
    shutdown: shutdownWarning(facts),
    timeoutMs: facts.timeoutMs,
    secrets: connection.apiKey ? [connection.apiKey] : [],
    now: Date.now(),
  };
}
