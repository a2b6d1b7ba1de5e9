import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Ask, ImageRoute } from "./dialects/dialect";
import { bareReply, json, type Reply } from "./faults/damage";
import { misbehave } from "./faults/misbehave";
import { faultRefusal } from "./faults/refusals";
import { limitHeaders, limitText, retryHeaders } from "./limits/hints";
import type { Call } from "./log/call";
import { noteAsk, noteSent } from "./log/note";
import { make } from "./make";
import { type Provider, sentKey } from "./provider";
import { readBody } from "./read-body";
import { Refusal } from "./refusal";
import type { Fault } from "./settings";

/** One request and all that goes with it. */
export type Exchange = {
  provider: Provider;
  call: Call;
  request: IncomingMessage;
  response: ServerResponse;
};

/** A call for images, from its first byte to the last of the answer. Throws Refusal. */
export async function serveImages(exchange: Exchange, route: ImageRoute): Promise<void> {
  const { provider, call, request } = exchange;
  const sent = await readBody(request);
  noteSent(call, sent);
  checkKey(exchange);
  const ask = await route(sent, provider.settings);
  noteAsk(call, ask, provider.settings.limits.imageUnits);
  provider.log.entered(call);
  admit(exchange, ask);

  const { fault, latencyMs } = provider.faults.choose(call);
  call.fault = fault?.kind ?? null;
  if (fault && (await replyEarly(exchange, { fault, latencyMs }))) return;
  const waitMs = fault?.kind === "hang" ? 0 : latencyMs;
  const reply = await provider.inTurn(() => make(exchange, { ask, fault, latencyMs: waitMs }));
  await sendReply(exchange, reply, fault);
}

/** A question without work: the models, a kept picture. Throws Refusal. */
export async function serveInfo(exchange: Exchange, answer: () => unknown): Promise<void> {
  const { provider, call } = exchange;
  provider.log.entered(call);
  checkKey(exchange);
  const { fault, latencyMs } = provider.faults.choose(call);
  call.fault = fault?.kind ?? null;
  if (fault && (await replyEarly(exchange, { fault, latencyMs }))) return;
  await pause(latencyMs ?? 0);
  await sendReply(exchange, fault?.kind === "html_ok" ? HTML : json(200, answer()), fault);
}

const HTML = { status: 200, headers: { "content-type": "text/html" }, body: "<!DOCTYPE html><p>Hello</p>" };

/** Says no in the words and the shape of the dialect. */
export async function sendRefusal(exchange: Exchange, refusal: Refusal): Promise<void> {
  exchange.call.errorCode = refusal.code;
  const { status, headers, body } = json(refusal.status, exchange.provider.dialect.refuse(refusal));
  await sendReply(exchange, { status, body, headers: { ...headers, ...refusal.headers } }, null);
}

export async function sendReply(
  { provider, call, response }: Exchange,
  reply: Reply,
  fault: Fault | null,
): Promise<void> {
  if (response.closed) return;
  if (provider.dialect.official) {
    response.setHeader("x-request-id", call.requestId);
    response.setHeader("openai-processing-ms", String(Date.now() - call.arrivedAt));
  }
  const cut = () => {
    call.cutByServer = true;
  };
  if (fault && (await misbehave({ response, reply, fault, cut }))) return;
  response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
  response.end(reply.body);
}

/** Throws the dialect's refusal for a key that is missing or wrong, or while the model still loads. */
export function checkKey({ provider, request }: Exchange): void {
  const key = sentKey(request);
  if (provider.key !== null && key !== provider.key) throw provider.dialect.wrongKey(key);
  if (Date.now() - provider.startedAt < provider.settings.loadingMs) {
    throw new Refusal(503, "The model is still loading.", { type: "service_unavailable_error" });
  }
}

/** Takes the call from all limits, or throws the 429 that says which one and how long. */
function admit({ provider, call, response }: Exchange, { model }: Ask): void {
  if (!call.units) return;
  const { hints } = provider.settings;
  const { verdicts, refused } = provider.limits.admit(call.units, Date.now());
  for (const [name, value] of Object.entries(limitHeaders(verdicts, hints))) response.setHeader(name, value);
  call.admitted = refused === null;
  if (!refused) return;
  call.limited = refused.name;
  const text = hints.text
    ? limitText({ ...refused, model, units: call.units[refused.name] })
    : "Rate limit reached. Please try again later.";
  throw new Refusal(429, text, {
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    headers: retryHeaders(refused.verdict.retryMs, hints),
  });
}

/** Sends the faults that need no work; false when the fault is of another kind. */
export async function replyEarly(
  exchange: Exchange,
  { fault, latencyMs }: { fault: Fault; latencyMs: number | null },
): Promise<boolean> {
  const refusal = faultRefusal(fault);
  const bare = bareReply(fault);
  if (!refusal && !bare) return false;
  await pause(latencyMs ?? 0);
  if (refusal) await sendRefusal(exchange, refusal);
  else if (bare) await sendReply(exchange, bare, null);
  return true;
}
