/** Bytes of UTF-8 one name may have: room for any unpacker, and for a suffix that a person adds. */
const MAX_SEGMENT_BYTES = 120;

// Marks that turn the reading direction: `photo\u202Egpj.exe` would read as `photoexe.jpg`.
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
const FORBIDDEN = /[<>:"/\\|?*]/g;
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/**
 * One part of a path that every system can write: Unicode kept (NFC), nothing Windows refuses, never `.` or `..`,
 * never empty, at most MAX_SEGMENT_BYTES with the ending. `ending` (`.png`, ` (2).png`) is kept whole.
 */
export function safeSegment(text: string, ending = ""): string {
  const clean = text
    .toWellFormed()
    .normalize("NFC")
    .replace(CONTROL, "")
    .replace(BIDI, "")
    .replace(FORBIDDEN, "_");
  const cut = cutToBytes(clean, MAX_SEGMENT_BYTES - byteLength(ending));
  // With an ending, a dot or space before it is inside the name and harmless.
  const stem = (ending ? cut : cut.replace(/[. ]+$/, "")) || "_";
  return isReserved(stem)
    ? `_${cutToBytes(stem, MAX_SEGMENT_BYTES - byteLength(ending) - 1)}${ending}`
    : stem + ending;
}

/** Two names that some file system would take for one have the same key: NFC, case folded. */
export function sameNameKey(name: string): string {
  // Twice: a capital sharp s becomes a small one first, and only that one becomes "ss".
  return fold(fold(name.normalize("NFKC"))).normalize("NFKC");
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function fold(text: string): string {
  return text.toUpperCase().toLowerCase();
}

// Windows looks at what stands before the first dot, without its trailing spaces.
function isReserved(stem: string): boolean {
  return RESERVED.test((stem.split(".")[0] ?? "").trimEnd());
}

function cutToBytes(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  let kept = "";
  let used = 0;
  for (const point of text) {
    used += byteLength(point);
    if (used > bytes) break;
    kept += point;
  }
  return kept;
}
