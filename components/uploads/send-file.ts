import { UPLOAD_TYPE } from "@/lib/storage/upload-constants";
import { putFile } from "./put-file";
import { goesDirect, sendDirect } from "./send-direct";
import { type Sending, type Sent, sentOf } from "./sent";

/** Sends the bytes of one file as they are: to the storage itself where this installation has one that takes them. */
export async function sendFile(sending: Sending): Promise<Sent> {
  const direct = goesDirect() ? await sendDirect(sending) : "through the app";
  return direct === "through the app" ? sendToApp(sending) : direct;
}

async function sendToApp({ inputId, ...rest }: Sending): Promise<Sent> {
  const headers = { "Content-Type": UPLOAD_TYPE };
  return sentOf(await putFile({ url: `/api/uploads/${inputId}`, headers, ...rest }));
}
