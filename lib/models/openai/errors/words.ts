import type { ErrorBody } from "./read-body";
import type { CallFacts } from "./types";

// Sentences for people: what happened, what was kept, what to do. The provider's own text goes under Details.

const CATEGORIES: Record<string, string> = {
  sexual: "sexual content",
  "sexual/minors": "sexual content with minors",
  violence: "violence",
  "violence/graphic": "graphic violence",
  "self-harm": "self-harm",
  "self-harm/intent": "the intent to harm oneself",
  "self-harm/instructions": "instructions for self-harm",
  hate: "hate",
  "hate/threatening": "hate and threats",
  harassment: "harassment",
  "harassment/threatening": "harassment and threats",
  illicit: "something illegal",
  "illicit/violent": "something illegal and violent",
};

export function blockedWords({ stage, categories }: ErrorBody): string {
  const what = stage === "input" ? "the prompt or picture" : stage === "output" ? "the result" : "this image";
  const named = categories.map((one) => CATEGORIES[one] ?? one.replace(/[/_]/g, " ")).join(", ");
  const why = named ? `It names: ${named}.` : "It gave no more detail.";
  return `The provider's safety check refused ${what}. ${why} Change the prompt, or skip this image.`;
}

export function quotaWords(code: string): string {
  const limit = QUOTA[code] ?? "no credit left, or a spending limit is reached";
  return `The provider makes no more images: ${limit}. Results are kept and the rest waits. Change it at the provider, then resume.`;
}

const QUOTA: Record<string, string> = {
  credit_balance_exhausted: "no credit left",
  organization_spend_limit_exceeded: "the organisation's spending limit is reached",
  project_spend_limit_exceeded: "the project's spending limit is reached",
  organization_usage_limit_exceeded: "the organisation's usage limit is reached",
  billing_hard_limit_reached: "the account's hard limit is reached",
};

export function rateWords(waitMs: number | undefined): string {
  const when = waitMs ? `in about ${span(waitMs)}` : "as soon as it may";
  return `The provider asks us to slow down. This image keeps its place and goes on ${when}.`;
}

export function overloadedWords(status: number): string {
  const what = status === 500 ? "had a fault of its own" : "is overloaded or starting up";
  return `The provider ${what}. Nothing was charged; the image is tried again.`;
}

export function notReachedWords({ provider }: CallFacts): string {
  return `No connection to ${provider}. Nothing was sent or charged; the image is tried again.`;
}

export function keyWords({ provider, secrets }: CallFacts): string {
  const key = secrets.length > 0 ? "refused your key" : "asks for a key and has none";
  return `${provider} ${key}. Results are kept and the rest waits. Change the key, then resume.`;
}

export function forbiddenWords({ message }: ErrorBody, { model }: CallFacts): string {
  const why = /verif/i.test(message)
    ? `asks for a verified organisation before it opens “${model}”. Verify it at the provider, then resume`
    : /country|region|territory/i.test(message)
      ? "does not serve the place this installation runs in. Use another connection, then resume"
      : `does not let this key use “${model}”. Change its rights at the provider or choose another model, then resume`;
  return `The provider ${why}. Results are kept and the rest waits.`;
}

export function noModelWords({ model, shutdown }: CallFacts): string {
  const gone = shutdown ? ` (it ${shutdown})` : "";
  return `The provider has no model “${model}”${gone}. Results are kept and the rest waits. Choose another model.`;
}

export function noRouteWords({ provider }: CallFacts): string {
  return `${provider} does not know this kind of call. Check the address and the kind of server, then resume.`;
}

export function redirectWords({ provider }: CallFacts): string {
  return `${provider} sends the call on to another address, which is not followed. Enter that address, then resume.`;
}

export function badRequestWords({ code, param, message }: ErrorBody): string {
  if (code === "invalid_image_file" || /invalid image/i.test(message)) {
    return "The provider cannot read a picture of this item. Export it again as PNG or JPG, then retry.";
  }
  if (param === "size") return "The provider does not take this size. Choose another size, then retry.";
  if (param === "prompt") return "The provider does not take this prompt. Shorten or change it, then retry.";
  const about = param ? ` because of “${param.slice(0, 40)}”` : "";
  return `The provider refused this request${about}. Nothing was charged; its own words are under Details.`;
}

export function tooLargeWords(): string {
  return "The provider does not take pictures this large. Make them smaller, then retry.";
}

export function noAnswerWords(paid: boolean, what: string): string {
  return `${what} ${paid ? "The provider may have made and charged the image all the same." : "The image is tried again."}`;
}

export function unusableWords(paid: boolean): string {
  return `The answer held no picture. ${paid ? "The provider may have charged it all the same." : "Nothing was charged."} Retry.`;
}

/** "12 s", "3 min". */
export function span(ms: number): string {
  return ms < 90_000 ? `${Math.max(1, Math.ceil(ms / 1000))} s` : `${Math.ceil(ms / 60_000)} min`;
}
