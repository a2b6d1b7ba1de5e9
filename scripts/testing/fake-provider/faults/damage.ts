import type { Ask } from "../dialects/dialect";
import { findServed } from "../models";
import type { Fault, FaultKind } from "../settings";
import { outputTokens } from "../tokens";

export type Reply = { status: number; headers: Record<string, string>; body: Buffer | string };

const HTML = { "content-type": "text/html" };
const JSON_TYPE = { "content-type": "application/json" };
const PROXY_PAGE =
  "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
const SIGN_IN_PAGE = "<!DOCTYPE html><html><body>Sign in to the network to continue.</body></html>";

/** Answers that need no picture at all; null: the fault wants one. */
export function bareReply({ kind, status, message }: Fault): Reply | null {
  switch (kind) {
    case "bad_gateway_html":
      return { status: 502, headers: HTML, body: PROXY_PAGE };
    case "string_error":
      return json(status ?? 400, { error: message ?? "something went wrong" });
    case "detail_error":
      return json(status ?? 422, { detail: message ?? "something went wrong" });
    case "empty_error":
      return { status: status ?? 500, headers: {}, body: "" };
    default:
      return null;
  }
}

/** What the model is told to paint instead. */
export function damagedAsk(ask: Ask, kind: FaultKind | undefined): Ask {
  const { width, height } = ask.size;
  switch (kind) {
    case "one_pixel":
      return { ...ask, size: { width: 1, height: 1 } };
    case "wrong_size":
      return { ...ask, size: { width: Math.ceil(width / 2), height: Math.ceil(height / 2) } };
    case "wrong_format":
      return { ...ask, format: ask.format === "jpeg" ? "png" : "jpeg", background: "opaque" };
    default:
      return ask;
  }
}

/** What the server says, and bills, it has done. */
export function usedAsk(ask: Ask, kind: FaultKind | undefined): Ask {
  if (kind !== "other_quality") return ask;
  const family = findServed(ask.model, undefined)?.family ?? "2.5";
  const output = ask.n * outputTokens({ family, quality: "low", ...ask.size });
  return { ...ask, quality: "low", tokens: { ...ask.tokens, output: ask.tokens.output && output } };
}

/** The pictures as they are sent. */
export function damagedPictures(pictures: Buffer[], kind: FaultKind | undefined): Buffer[] {
  if (kind !== "truncated_picture") return pictures;
  return pictures.map((picture) => picture.subarray(0, Math.floor(picture.length / 2)));
}

/** The answer's JSON with the fault in it. */
export function damagedReply(answer: Record<string, unknown>, kind: FaultKind | undefined): Reply {
  switch (kind) {
    case "html_ok":
      return { status: 200, headers: HTML, body: SIGN_IN_PAGE };
    case "empty_body":
      return { status: 200, headers: JSON_TYPE, body: "" };
    case "no_data":
      return json(200, { ...answer, data: [] });
    case "cut_json":
      return { status: 200, headers: JSON_TYPE, body: JSON.stringify(answer).slice(0, 2000) };
    case "bad_base64":
      return json(200, { ...answer, data: [{ b64_json: "!!! this is no base64 !!!" }] });
    case "short_base64":
      return json(200, { ...answer, data: [{ b64_json: "iVBORw0KGgo" }] });
    case "other_snapshot":
      return json(200, { ...answer, model: "gpt-image-2-2026-04-21" });
    default:
      return json(200, answer);
  }
}

/** The work was done, so it is billed, unless the fault says otherwise. */
export function isCharged({ kind, charged }: Fault): boolean {
  const lost: FaultKind[] = ["hang", "close_before_headers", "reset_before_headers"];
  return charged ?? !lost.includes(kind);
}

export function json(status: number, body: unknown): Reply {
  return { status, headers: JSON_TYPE, body: JSON.stringify(body) };
}
