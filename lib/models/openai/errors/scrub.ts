const LONGEST = 2_000;

/**
 * Text of a provider as it may be shown and stored: without keys in any of their spellings, at most 2,000 characters.
 */
export function scrub(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length < 4) continue;
    for (const spelling of spellings(secret)) clean = clean.split(spelling).join("[key]");
  }
  return (
    clean
      .replace(/\b(bearer|basic)\s+[\w.~+/=*-]{6,}/gi, "$1 [key]")
      .replace(/\bsk-[\w*.-]{4,}/g, "[key]")
      .replace(/\b(authorization|api[-_]?key)(["']?\s*[:=]\s*["']?)[^\s"',;}]+/gi, "$1$2[key]")
      // Control characters would let a server write into a terminal.
      .replace(/[\p{Cc}]+/gu, " ")
      .trim()
      .slice(0, LONGEST)
  );
}

function spellings(secret: string): string[] {
  const base64 = Buffer.from(secret).toString("base64");
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    base64,
    base64.replace(/=+$/, ""),
  ];
}
