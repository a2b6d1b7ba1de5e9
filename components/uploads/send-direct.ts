import type { UploadTarget } from "@/lib/storage/types";
import { DIRECT_UPLOADS } from "@/lib/storage/upload-constants";
import { putFile } from "./put-file";
import { DROPPED, type Sending, type Sent, sentOf } from "./sent";

/** Whether this installation has a storage that takes files from browsers; the page says so. */
export function goesDirect(): boolean {
  return document.querySelector<HTMLMetaElement>(`meta[name="${DIRECT_UPLOADS}"]`) !== null;
}

/**
 * Asks for a way into the storage, sends the file there, and says so. Whatever is lost on the way, the next try begins
 * with asking, and hears when the file is there already.
 */
export async function sendDirect(sending: Sending): Promise<Sent | "through the app"> {
  const { inputId, signal } = sending;
  const opened = await post(`/api/uploads/${inputId}/target`, signal);
  const sent = sentOf(opened);
  if (!sent.ok || opened.status === 409) return sent;
  const { here, target }: { here: boolean; target: UploadTarget | null } = JSON.parse(opened.text);
  if (here) return { ok: true };
  if (!target) return "through the app";
  if (!(await sendTo(target, sending))) return { ok: false, final: false, signedOut: false, words: DROPPED };
  return sentOf(await post(`/api/uploads/${inputId}/arrived`, signal));
}

async function sendTo(target: UploadTarget, { file, signal, onProgress }: Sending): Promise<boolean> {
  if (target.kind === "put") {
    const { status } = await putFile({ ...target, file, signal, onProgress });
    return status >= 200 && status < 300;
  }
  const { sendToBlob } = await import("@/lib/storage/send-to-blob");
  return sendToBlob({ ...target, file, signal, onProgress });
}

async function post(url: string, signal: AbortSignal): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { method: "POST", signal });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: "" };
  }
}
