import { put } from "@vercel/blob/client";
import { UPLOAD_SECONDS, UPLOAD_TYPE } from "./upload-constants";

type Sending = {
  pathname: string;
  token: string;
  file: Blob;
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
};

/** Runs in the browser: sends a file to Vercel Blob with a token for it alone. Whether it got there. */
export async function sendToBlob({ pathname, token, file, signal, onProgress }: Sending): Promise<boolean> {
  if (signal.aborted) return false;
  // The package repeats by itself; when the token is over, so is that.
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), UPLOAD_SECONDS * 1_000);
  signal.addEventListener("abort", () => stop.abort(), { once: true });
  try {
    await put(pathname, file, {
      access: "private",
      token,
      contentType: UPLOAD_TYPE,
      abortSignal: stop.signal,
      onUploadProgress: ({ loaded }) => onProgress(loaded),
    });
    return true;
  } catch {
    // Whatever it was: the next try asks the app first, which looks what is there.
    return false;
  } finally {
    clearTimeout(timer);
  }
}
