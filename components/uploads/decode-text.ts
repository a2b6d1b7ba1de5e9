/**
 * Plain text as editors of all systems save it: UTF-8, or UTF-16 in either byte order, with or without a mark at its
 * start; lines end in \n, blanks around it are gone. Null: these bytes are no text in either.
 */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    return CONTROL.test(text) ? null : text.replace(/\r\n?/g, "\n").trim();
  } catch {
    return null;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f\ufffe\uffff]/;

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Without a mark: Latin letters, blanks and line ends of UTF-16 have a zero half, always on the same side.
  const zeros = [0, 0];
  for (const [index, byte] of bytes.subarray(0, 1_000).entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd > 0) return "utf-16le";
  if (odd === 0 && even > 0) return "utf-16be";
  return "utf-8";
}
