import { open } from "node:fs/promises";
import { join } from "node:path";
import { fileSource } from "@/lib/images/byte-source";
import { inspect } from "@/lib/images/inspect";
import { pixelPool } from "@/lib/images/process/shared-pool";
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
  signal: AbortSignal;
};

/** What the header of the picture says; null: our gate will say what is wrong with it. */
export type Seen = { format: ImageFormat; width: number; height: number } | null;

/** From the answer to what was made: price, what was really used, and the picture in the form that was asked for. */
export async function finishImage({ provider, request, wishes, answered, signal }: Made): Promise<MadeImage> {
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
  const { path, notes } = await fitted({ request, path: answered.path, seen, signal });
  const { cost, notes: costNotes } = costNoted(provider, request, answered);
  const observed = observedLimits(headers, "", Date.now());
  const requestId = headers.get("x-request-id");
  return {
    path,
    modelVersion: model,
    requestId: requestId && clean(requestId).slice(0, 200),
    usage: answer.usage,
    cost,
    used,
    notes: [...differences(wishes, { ...used, seen }), ...costNotes, ...notes],
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

type Fit = { request: MakeRequest; path: string; seen: Seen; signal: AbortSignal };

/** The picture is paid for: when it cannot be brought to its size, it is kept as it came. */
async function fitted({ request, path, seen, signal }: Fit): Promise<{ path: string; notes: string[] }> {
  const { output, workDir } = request;
  if (!seen || (output.size.mode === "keep" && seen.format === output.format)) return { path, notes: [] };
  const to = join(workDir, `result.${output.format}`);
  try {
    await pixelPool().fit({ path, to, output }, { signal });
    return { path: to, notes: [] };
  } catch {
    const why = `It is ${seen.width}×${seen.height} ${seen.format.toUpperCase()} as the provider made it: bringing it to the size and format you asked for did not work`;
    return { path, notes: [why] };
  }
}
