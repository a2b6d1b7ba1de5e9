import { refusalIn } from "@/lib/net/address-refused";
import { ModelError, type ModelErrorCode } from "../../types";
import { observedLimits } from "./observed";
import { type ErrorBody, readErrorBody } from "./read-body";
import { retryAfterMs } from "./retry-after";
import { scrub } from "./scrub";
import type { CallFacts, Failure } from "./types";
import * as words from "./words";

const QUOTA_CODES = new Set([
  "insufficient_quota",
  "credit_balance_exhausted",
  "organization_spend_limit_exceeded",
  "project_spend_limit_exceeded",
  "organization_usage_limit_exceeded",
  "billing_hard_limit_reached",
  "billing_not_active",
]);
const BLOCKED_CODES = new Set(["moderation_blocked", "content_policy_violation"]);
/** A connection that never stood: no byte of the call left this machine. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** What an error means: its class, words, and whether money may be gone. */
type Meaning = { code: ModelErrorCode; words: string; charge?: "none" | "maybe" };

/**
 * The one place that says what a failed call means. Pure. Whatever was sent without a definite refusal coming back may
 * have been charged (R16); keys never get into what it answers.
 */
export function classify(failure: Failure, facts: CallFacts): ModelError {
  switch (failure.kind) {
    case "refusal":
      return refused(failure, facts);
    case "unusable":
      return unusable(failure, facts);
    case "lost":
      return lost(failure, facts);
  }
}

function refused(
  { status, headers, body }: Extract<Failure, { kind: "refusal" }>,
  facts: CallFacts,
): ModelError {
  const said = readErrorBody(body);
  const wait = retryAfterMs(headers, said.message, facts.now);
  const meaning = meaningOf(status, said, { facts, wait });
  return modelError(meaning, facts, {
    details: `${status} ${[said.type, said.code].filter(Boolean).join(" ")} ${said.message}`,
    headers,
    wait,
    text: said.message,
  });
}

type Around = { facts: CallFacts; wait: number | undefined };

/** Codes say more than the status: a proxy or a server of one's own may put them under any. */
function meaningOf(status: number, said: ErrorBody, { facts, wait }: Around): Meaning {
  if (BLOCKED_CODES.has(said.code)) return { code: "blocked", words: words.blockedWords(said) };
  if (isQuota(status, said)) return { code: "quota_exhausted", words: words.quotaWords(said.code) };
  if (status === 429) return { code: "rate_limited", words: words.rateWords(wait) };
  if (status === 401 || said.code === "invalid_api_key")
    return { code: "auth", words: words.keyWords(facts) };
  if (status >= 500) return serverFault(status, said, facts);
  return clientFault(status, said, facts);
}

function isQuota(status: number, { code, type, message }: ErrorBody): boolean {
  if (QUOTA_CODES.has(code) || type === "insufficient_quota" || status === 402) return true;
  return (
    status === 429 &&
    code !== "slow_down" &&
    /exceeded your current quota|billing|out of credits?/i.test(message)
  );
}

function clientFault(status: number, said: ErrorBody, facts: CallFacts): Meaning {
  if (status < 400) return { code: "auth", words: words.redirectWords(facts) };
  if (said.code === "model_not_found") return { code: "auth", words: words.noModelWords(facts) };
  if (status === 403 || said.code === "unsupported_country_region_territory") {
    return { code: "auth", words: words.forbiddenWords(said, facts) };
  }
  if (status === 404 || status === 405) return { code: "auth", words: words.noRouteWords(facts) };
  if (status === 408 || status === 409 || status === 425) {
    return { code: "overloaded", words: words.overloadedWords(status) };
  }
  // Closed by a gateway while the call was under way.
  if (status === 499) return noAnswer(facts, "The call was broken off on its way.");
  if (status === 413) return { code: "bad_request", words: words.tooLargeWords() };
  return { code: "bad_request", words: words.badRequestWords(said) };
}

/** 520 to 527 are a proxy's: what it did not reach did no work, what it lost may have. */
function serverFault(status: number, said: ErrorBody, facts: CallFacts): Meaning {
  const overloaded: Meaning = { code: "overloaded", words: words.overloadedWords(status) };
  if (status === 501) return { code: "bad_request", words: words.badRequestWords(said) };
  if ([503, 507, 521, 523, 529].includes(status)) return overloaded;
  if (status !== 502 && status !== 504 && said.isStructured) return overloaded;
  return noAnswer(facts, "Something between here and the provider lost the answer.");
}

function unusable(failure: Extract<Failure, { kind: "unusable" }>, facts: CallFacts): ModelError {
  const said = readErrorBody(failure.body);
  // Some proxies answer a refusal with a status of success.
  const hidden = said.isStructured && (BLOCKED_CODES.has(said.code) || isQuota(200, said));
  const meaning: Meaning = hidden
    ? meaningOf(200, said, { facts, wait: undefined })
    : { code: "unknown", words: words.unusableWords(facts.paid), charge: "maybe" };
  const details = `${failure.why} ${said.message}`;
  return modelError(meaning, facts, { details, headers: failure.headers, text: "" });
}

function lost({ error, because }: Extract<Failure, { kind: "lost" }>, facts: CallFacts): ModelError {
  const chain = causes(error);
  const details = chain.map((one) => [one.code, one.message].filter(Boolean).join(" ")).join(": ");
  const address = refusalIn(error);
  if (address) return modelError({ code: "auth", words: address.message }, facts, { details });
  if (because === "stopped")
    return modelError(noAnswer(facts, "The call was stopped before its answer came."), facts, { details });
  // "bad port": one of the ports that fetch calls for nobody (6000, 6667 …).
  if (chain.some(({ code, message }) => NEVER_SENT.test(code) || message === "bad port")) {
    return modelError({ code: "overloaded", words: words.notReachedWords(facts) }, facts, { details });
  }
  const timedOut = because === "deadline" || chain.some(({ code }) => /TIMEOUT|ETIMEDOUT/.test(code));
  const what = timedOut
    ? `No whole answer within ${words.span(facts.timeoutMs)}.`
    : "The connection broke before the answer was whole.";
  return modelError(noAnswer(facts, what), facts, { details });
}

function noAnswer(facts: CallFacts, what: string): Meaning {
  return { code: "timeout", words: words.noAnswerWords(facts.paid, what), charge: "maybe" };
}

/** An error and what caused it, outermost first. */
function causes(error: unknown): { code: string; message: string }[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [{ code: "", message: String(error) }];
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return [{ code, message: error.message }, ...causes(error.cause)];
}

type Told = { details: string; headers?: Headers; wait?: number; text?: string };

function modelError(
  { code, words: sentence, charge = "none" }: Meaning,
  { paid, secrets, now }: CallFacts,
  { details, headers = new Headers(), wait, text = "" }: Told,
): ModelError {
  const clean = scrub(details, secrets);
  const requestId = headers.get("x-request-id");
  // Names of fields and categories in it are the provider's own.
  return new ModelError(code, scrub(sentence, secrets), {
    ...(clean ? { details: clean } : {}),
    ...(requestId ? { requestId: scrub(requestId, secrets).slice(0, 200) } : {}),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    charge: paid ? charge : "none",
    ...observedPart(headers, text, now),
  });
}

function observedPart(headers: Headers, text: string, now: number) {
  const observed = observedLimits(headers, text, now);
  return observed ? { observed } : {};
}
