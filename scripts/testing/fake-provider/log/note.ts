import type { Ask } from "../dialects/dialect";
import type { ImageIn } from "../images-in";
import type { SentBody } from "../read-body";
import type { Settings } from "../settings";
import type { Call, LoggedImage } from "./call";

/** Notes what arrived, before anything is checked. */
export function noteSent(call: Call, sent: SentBody): void {
  call.bodyKind = sent.kind;
  call.bytesIn = sent.bytes;
  call.fields = sent.fields;
  call.files = sent.files.map(({ field, name, type, bytes, sha256 }) => ({
    field,
    name,
    type,
    bytes: bytes.length,
    sha256,
  }));
  // Known early, so that the script can match calls the checks refuse.
  const { prompt, model } = sent.fields;
  if (typeof prompt === "string") call.prompt = prompt;
  if (typeof model === "string") call.model = model;
}

/** Notes what the server understood. */
export function noteAsk(call: Call, ask: Ask, imageUnits: Settings["limits"]["imageUnits"]): void {
  const { width, height } = ask.size;
  call.model = ask.model;
  call.prompt = ask.prompt;
  call.n = ask.n;
  call.size = `${width}x${height}`;
  call.quality = ask.quality;
  call.format = ask.format;
  call.images = ask.images.map(loggedImage);
  call.understood = ask.understood;
  if (ask.mask) {
    const { transparentShare, whiteShare, repaintShare } = ask.mask;
    call.mask = { ...loggedImage(ask.mask), transparentShare, whiteShare, repaintShare };
  }
  const images = imageUnits === "n" ? ask.n : Math.max(ask.n, ask.images.length);
  call.units = { requests: 1, images, tokens: ask.tokens.text + ask.tokens.image };
}

function loggedImage({ field, sha256, format, width, height, alpha }: ImageIn): LoggedImage {
  return { field, sha256, format, width, height, alpha };
}
