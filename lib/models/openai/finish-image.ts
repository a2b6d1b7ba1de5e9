import { open } from "node:fs/promises";
import { fileSource } from "@/lib/images/byte-source";
import { inspect } from "@/lib/images/inspect";
import type { ImageFormat } from "@/lib/images/types";
import type { MadeImage, MakeRequest } from "../types";
import type { Answered } from "./call-provider";
import type { Wishes } from "./dialects/types";
import { differences } from "./differences";
import { observedLimits } from "./errors/observed";
import { scrub } from "./errors/scrub";
import type { Provider } from "./make-image";
import { costOf, priceRange } from "./pricing";

type Made = {
  provider: Provider;
  request: MakeRequest;
  wishes: Wishes;
  answered: Answered;
};

/** What the header of the picture says; null: our gate will say what is wrong with it. */
export type Seen = { format: ImageFormat; width: number; height: number } | null;

/** From the answer to what was made: price, what was really used, and the picture as it came. */
export async function finishImage({ provider, request, wishes, answered }: Made): Promise<MadeImage> {
  const { facts, connection } = provider;
  const { answer, headers } = answered;
  const clean = (text: string) => scrub(text, connection.apiKey ? [connection.apiKey] : []);
  const seen = await look(answered.path);
  const model = clean(answer.used.model ?? headers.get("openai-model") ?? facts.id).slice(0, 120) || facts.id;
  const used = {
    ...Object.fromEntries(Object.entries(answer.used).map(([name, value]) => [name, clean(value)])),
    model,
    ...(answer.used.size || !seen ? {} : { size: `${seen.width}x${seen.height}` }),
    ...(answer.used.format || !seen ? {} : { format: seen.format }),
  };
  const { cost, notes: costNotes } = costNoted(provider, request, answered);
  const observed = observedLimits(headers, "", Date.now());
  const requestId = headers.get("x-request-id");
  const { format, size } = request.output;
  return {
    path: answered.path,
    ...(seen && (size.mode !== "keep" || seen.format !== format) ? { fit: true } : {}),
    modelVersion: model,
    requestId: requestId && clean(requestId).slice(0, 200),
    usage: answer.usage,
    cost,
    used,
    notes: [...differences(wishes, { ...used, seen }), ...costNotes],
    ...(observed ? { observed } : {}),
  };
}

function costNoted(
  { facts }: Provider,
  { provider, prompt, source, references, mask }: MakeRequest,
  { answer }: Answered,
): { cost: number; notes: string[] } {
  if (!facts.capabilities.paid) return { cost: 0, notes: [] };
  if (answer.usage) return { cost: costOf(facts, answer.usage), notes: [] };
  const inputs = [...(source ? [source] : []), ...references];
  const most = priceRange(facts, { provider, promptChars: prompt.length, inputs, masked: mask !== null });
  return {
    cost: most.max,
    notes: ["The answer does not say what was used: its price is the most it may be"],
  };
}

async function look(path: string): Promise<Seen> {
  const file = await open(path);
  try {
    const inspected = inspect(fileSource(file.fd, (await file.stat()).size));
    if (!inspected.ok) return null;
    const { format, width, height } = inspected.header;
    return { format, width, height };
  } finally {
    await file.close();
  }
}
