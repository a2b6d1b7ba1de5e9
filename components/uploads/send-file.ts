export type Sent =
  | { ok: true }
  /** `final`: trying again cannot help. `signedOut`: nothing can be sent until the person signs in. */
  | { ok: false; final: boolean; signedOut: boolean; words: string };

const TIMEOUT_MS = 10 * 60_000;
const MAY_PASS = new Set([0, 408, 425, 429, 500, 502, 503, 504]);

/** Sends the bytes of one file as they are. XMLHttpRequest, because fetch cannot tell upload progress. */
export function sendFile({
  inputId,
  file,
  signal,
  onProgress,
}: {
  inputId: string;
  file: File;
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
}): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const end = () => resolve(answerOf(request));
    request.open("PUT", `/api/uploads/${inputId}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.timeout = TIMEOUT_MS;
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = end;
    request.onerror = end;
    request.ontimeout = end;
    request.onabort = end;
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function answerOf(request: XMLHttpRequest): Sent {
  const { status } = request;
  // 409: an earlier try arrived after all and only its answer was lost.
  if ((status >= 200 && status < 300) || status === 409) return { ok: true };
  return {
    ok: false,
    final: !MAY_PASS.has(status),
    signedOut: status === 401,
    words: wordsOf(request.responseText) ?? "The connection dropped. The file is still on your computer.",
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
