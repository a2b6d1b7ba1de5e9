import {
  badImage,
  bytesOfText,
  type ImageIn,
  type MaskIn,
  type MaskReading,
  readImage,
  readMask,
} from "../images-in";
import type { SentBody } from "../read-body";
import { Refusal } from "../refusal";

/** A field as text: forms send numbers as text too. */
export function textField(sent: SentBody, name: string): string | undefined {
  const value = sent.fields[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** A field as a number; refuses what is none. */
export function numberField(sent: SentBody, name: string): number | undefined {
  const text = textField(sent, name);
  if (text === undefined || text === "") return undefined;
  const number = Number(text);
  if (Number.isNaN(number)) {
    throw new Refusal(400, `Invalid type for '${name}': expected a number, but got '${text}' instead.`, {
      code: "invalid_type",
      param: name,
    });
  }
  return number;
}

/** A field as a list of texts, also from one text. */
export function textList(sent: SentBody, name: string): string[] {
  return [sent.fields[name] ?? []].flat().filter((value) => typeof value === "string");
}

/** The fields among `names` that were sent. */
export function pick(sent: SentBody, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (name in sent.fields ? [[name, sent.fields[name]]] : [])),
  );
}

/** Images of the form fields, in the order they were sent. */
export function imagesOfFiles(sent: SentBody, fields: readonly string[]): Promise<ImageIn[]> {
  const files = sent.files.filter(({ field }) => fields.includes(field));
  return Promise.all(files.map(async (file, at) => (await readImage(file)) ?? refuseImage(at + 1)));
}

/** Images of texts: data URLs or base64. */
export function imagesOfTexts(texts: readonly string[], field: string): Promise<ImageIn[]> {
  return Promise.all(
    texts.map(
      async (text, at) => (await readImage({ field, bytes: bytesOfText(text) })) ?? refuseImage(at + 1),
    ),
  );
}

/** The mask of a form field, as the server reads it. */
export async function maskOfFile(
  sent: SentBody,
  field: string,
  reading: MaskReading,
): Promise<MaskIn | null> {
  const file = sent.files.find((one) => one.field === field);
  if (!file) return null;
  const image = (await readImage(file)) ?? refuseImage(1, field);
  return readMask(image, reading);
}

/** `WxH`, or null for anything else. */
export function parseSize(text: string | undefined): { width: number; height: number } | null {
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(text ?? "") ?? [];
  return width && height ? { width: Number(width), height: Number(height) } : null;
}

function refuseImage(number: number, field?: string): never {
  throw badImage(number, field);
}
