import { put } from "@vercel/blob/client";
import { UPLOAD_TYPE } from "./upload-constants";

type Sending = {
  pathname: string;
  token: string;
  file: Blob;
  signal: AbortSignal;
  onProgress: (sentBytes: number) => void;
};

/** Runs in the browser: sends a file to Vercel Blob with a token for it alone. Whether it got there. */
export async function sendToBlob({ pathname, token, file, signal, onProgress }: Sending): Promise<boolean> {
  try {
    await put(pathname, file, {
      access: "private",
      token,
      contentType: UPLOAD_TYPE,
      abortSignal: signal,
      onUploadProgress: ({ loaded }) => onProgress(loaded),
    });
    return true;
  } catch {
    // Whatever it was: the next try asks the app first, which looks what is there.
    return false;
  }
}
