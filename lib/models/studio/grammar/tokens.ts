import type { Rgb } from "@/lib/models/studio/edit-plan";

/** A piece of the prompt. `start` and `end` are offsets into the person's own text. */
export type RawToken = { start: number; end: number } & (
  | { kind: "word"; word: string }
  | { kind: "number"; value: number; unit: string; signed: boolean }
  | { kind: "pair"; width: number; height: number; of: "size" | "ratio" }
  | { kind: "hex"; colour: Rgb }
  | { kind: "sep"; hard: boolean }
);

/** Every alternative is a flat run of one class of characters, so the scan is linear. */
const PIECES = new RegExp(
  [
    /(?<hex>#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-z]))/u,
    /(?<rgb>rgba?\( {0,9}\d{1,3} {0,9}, {0,9}\d{1,3} {0,9}, {0,9}\d{1,3} {0,9}(?:, {0,9}[\d.]{1,5} {0,9})?\))/u,
    /(?<size>\d{2,5}(?: {0,9}px)? {0,9}(?:[x×*]|by ) {0,9}\d{2,5}(?!\d))/u,
    /(?<ratio>\d{1,3}(?:\.\d{1,3})? {0,9}: {0,9}\d{1,3}(?:\.\d{1,3})?(?!\d))/u,
    /(?<odd>\d{1,4}(?!px|pix|x\b|k\b|deg|times|percent)\p{L}[\p{L}\p{N}]*)/u,
    /(?<number>[+-]?(?:\d{1,3},\d{3}(?!\d)|\d+)(?:\.\d{1,4})?) {0,9}(?<unit>px|pix(?:els?)?|percent|%|°|deg(?:rees?)?|times|[xk×](?![\p{L}\p{N}]))?/u,
    /(?<word>[\p{L}\p{M}][\p{L}\p{M}\p{N}_]*(?:['’]\p{L}{1,3}(?!\p{L}))?|\p{Extended_Pictographic})/u,
    /(?<hard>[.;!?\n\r|•▪◦✓→⇒。！？]|->|=>|--)/u,
    /(?<soft> - |[,()"“”«»/–—、，])/u,
    /(?<and>&)/u,
    /(?<is>[:=])/u,
  ]
    .map((piece) => piece.source)
    .join("|"),
  "giu",
);

/** Cuts a prompt into words, numbers and pauses. Linear; never throws. */
export function tokenise(prompt: string): RawToken[] {
  const tokens: RawToken[] = [];
  for (const found of prompt.matchAll(PIECES)) {
    const token = read(found, prompt);
    if (token) tokens.push(token);
  }
  return tokens;
}

function read(found: RegExpMatchArray, prompt: string): RawToken | null {
  const groups = found.groups ?? {};
  const start = found.index ?? 0;
  const at = { start, end: start + found[0].trimEnd().length };
  if (groups.word) return { ...at, kind: "word", word: groups.word.toLowerCase().replace("’", "'") };
  if (groups.odd) return { ...at, kind: "word", word: groups.odd.toLowerCase() };
  if (groups.hard) return { ...at, kind: "sep", hard: true };
  if (groups.soft) return { ...at, kind: "sep", hard: false };
  if (groups.and) return { ...at, kind: "word", word: "and" };
  if (groups.is) return { ...at, kind: "word", word: "as" };
  if (groups.hex) return { ...at, kind: "hex", colour: fromHex(groups.hex.slice(1)) };
  if (groups.rgb) return { ...at, kind: "hex", colour: fromList(groups.rgb) };
  if (groups.size) return { ...at, kind: "pair", of: "size", ...twoNumbers(groups.size) };
  if (groups.ratio) return { ...at, kind: "pair", of: "ratio", ...twoNumbers(groups.ratio) };
  if (groups.number) return readNumber({ ...at, text: groups.number, unit: groups.unit ?? "", prompt });
  return null;
}

function readNumber(from: {
  start: number;
  end: number;
  text: string;
  unit: string;
  prompt: string;
}): RawToken {
  const { start, end, text, prompt } = from;
  // "size-1200" and the bullet "-1200 px" are not negative numbers; "+20%" after a space is a signed one.
  const signed = /^[+-]/.test(text) && (start === 0 || /\s/.test(prompt.charAt(start - 1)));
  const value = Number(text.replaceAll(",", ""));
  return {
    start,
    end,
    kind: "number",
    value: signed ? value : Math.abs(value),
    unit: unitName(from.unit),
    signed,
  };
}

function unitName(unit: string) {
  const lower = unit.toLowerCase();
  if (lower.startsWith("p") && lower !== "percent") return "px";
  if (lower === "percent" || lower === "%") return "%";
  if (lower === "x" || lower === "×" || lower === "times") return "x";
  return lower === "k" || lower === "" ? lower : "deg";
}

function twoNumbers(text: string) {
  const [width = "1", height = "1"] = text.match(/\d+(?:\.\d+)?/g) ?? [];
  return { width: Number(width), height: Number(height) };
}

/** Reads 3, 4, 6 or 8 hex digits; alpha is ignored. */
export function fromHex(digits: string): Rgb {
  const long = digits.length < 6 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const at = (index: number) => Number.parseInt(long.slice(index, index + 2), 16);
  return { r: at(0), g: at(2), b: at(4) };
}

function fromList(text: string): Rgb {
  const [r = 0, g = 0, b = 0] = (text.match(/\d+/g) ?? []).map((part) => Math.min(255, Number(part)));
  return { r, g, b };
}
