export type Sent =
  | { ok: true }
  /** `final`: trying again cannot help. `signedOut`: nothing can be sent until the person signs in. */
  | { ok: false; final: boolean; signedOut: boolean; words: string };

export type Sending = {
  inputId: string;
  file: File;
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
};

const MAY_PASS = new Set([0, 408, 425, 429, 500, 502, 503, 504]);
export const DROPPED = "The connection dropped. The file is still on your computer.";

/** What an answer of the app means. */
export function sentOf({ status, text }: { status: number; text: string }): Sent {
  // 409: an earlier try arrived after all and only its answer was lost.
  if ((status >= 200 && status < 300) || status === 409) return { ok: true };
  return {
    ok: false,
    final: !MAY_PASS.has(status),
    signedOut: status === 401,
    words: wordsOf(text) ?? DROPPED,
  };
}

function wordsOf(text: string): string | null {
  try {
    const answer: unknown = JSON.parse(text);
    const has = typeof answer === "object" && answer !== null && "words" in answer;
    return has && typeof answer.words === "string" ? answer.words : null;
  } catch {
    return null;
  }
}
