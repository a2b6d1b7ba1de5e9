const TIMEOUT_MS = 10 * 60_000;

type Put = {
  url: string;
  headers: Record<string, string>;
  file: File;
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
};

/** PUTs a file as it is; status 0 when there was no answer. XMLHttpRequest, because fetch cannot tell upload progress. */
export function putFile({
  url,
  headers,
  file,
  signal,
  onProgress,
}: Put): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const end = () => resolve({ status: request.status, text: request.responseText });
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
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
