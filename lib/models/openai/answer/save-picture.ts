import { open } from "node:fs/promises";
import { DIALECT_FACTS } from "@/lib/connections/constants";
import type { Connection } from "@/lib/connections/types";
import { MAX_ANSWER_BYTES } from "../constants";
import { clientFor } from "../http/client";
import { UnusableAnswer } from "./read-answer";
import { writePatiently } from "./write-patiently";

type Job = { connection: Connection; url: string; to: string; signal: AbortSignal };

/**
 * Fetches a picture that an answer names by its address, only from the server that answered: any other address is the
 * server's word alone. Throws UnusableAnswer.
 */
export async function savePicture({ connection, url, to, signal }: Job): Promise<void> {
  const base = connection.baseUrl ?? DIALECT_FACTS[connection.dialect].ownAddress;
  const address = base && URL.canParse(url, base) ? new URL(url, base) : null;
  if (!address || !base || address.origin !== new URL(base).origin) {
    throw new UnusableAnswer("The answer names a picture on another server, which is not fetched.");
  }
  const client = clientFor(connection, FETCH_MS);
  await client.sdk
    .get(address.href, { signal })
    .asResponse()
    .catch(() => undefined);
  const received = client.received();
  if (!received?.ok)
    throw new UnusableAnswer("The picture could not be fetched from the server that made it.");
  await write(received.body, to);
}

const FETCH_MS = 60_000;

async function write(body: AsyncIterable<Uint8Array>, to: string) {
  const file = await open(to, "w");
  try {
    let size = 0;
    for await (const part of body) {
      size += part.length;
      if (size > MAX_ANSWER_BYTES) throw new UnusableAnswer("The picture is larger than 200 MB.");
      await writePatiently(file, part);
    }
    if (size === 0) throw new UnusableAnswer("The picture is empty.");
  } finally {
    await file.close();
  }
}
