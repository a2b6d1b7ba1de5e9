import type { Response } from "undici";
import { z } from "zod";
import { guardedAgent, guardedFetch } from "@/lib/net/guard";
import { DIALECT_FACTS } from "./constants";
import { answerWords, type ProbeFailure, troubleWords } from "./probe-words";
import type { Connection } from "./types";

const TOTAL_MS = 15_000;
const SILENCE_MS = 10_000;
/** Decoded. Lists of the largest provider are a few tens of kilobytes. */
const MAX_BYTES = 1_000_000;
const MAX_MODELS = 500;

export type Probe = { ok: true; models: string[] } | ({ ok: false } & ProbeFailure);

/**
 * Asks a server which models it has: shows in one cheap request whether address, key and kind are right. Never
 * throws, and never answers with anything the server wrote but its model ids.
 */
export async function probe(connection: Connection): Promise<Probe> {
  const allowPrivate = connection.trusted || undefined;
  const agent = guardedAgent({ allowPrivate, headersMs: SILENCE_MS, bodyMs: SILENCE_MS });
  const base = connection.baseUrl ?? DIALECT_FACTS[connection.dialect].ownAddress ?? "";
  try {
    const response = await guardedFetch(`${base}/models`, {
      agent,
      allowPrivate,
      headers: {
        accept: "application/json",
        ...(connection.apiKey ? { authorization: `Bearer ${connection.apiKey}` } : {}),
      },
      signal: AbortSignal.timeout(TOTAL_MS),
    });
    if (!response.ok) return { ok: false, ...answerWords({ status: response.status, base, connection }) };
    const models = readModels(await readCapped(response));
    return models ? { ok: true, models } : { ok: false, ...answerWords({ status: 200, base, connection }) };
  } catch (error) {
    return { ok: false, ...troubleWords({ error, base }) };
  } finally {
    await agent.destroy();
  }
}

const listSchema = z.object({ data: z.array(z.object({ id: z.string().min(1).max(200) })) });

function readModels(text: string | null): string[] | null {
  if (text === null) return null;
  try {
    const { data } = listSchema.parse(JSON.parse(text));
    return data.slice(0, MAX_MODELS).map(({ id }) => id);
  } catch {
    return null;
  }
}

/** The body as text; null when it is longer than any list of models. */
async function readCapped(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    if (!(part instanceof Uint8Array)) return null;
    bytes += part.length;
    if (bytes > MAX_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
