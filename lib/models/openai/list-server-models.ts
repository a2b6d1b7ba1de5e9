import { z } from "zod";
import type { Connection } from "@/lib/connections/types";
import { ModelError, type Observed } from "../types";
import { answerOf, callFacts, failureOf } from "./call-provider";
import { catalogueFor } from "./catalogue";
import { DIALECT_RULES } from "./dialects/rules";
import { classify } from "./errors/classify";
import { observedLimits } from "./errors/observed";
import { clientFor } from "./http/client";
import { NoWholeAnswer } from "./http/whole-body";

const PROBE_MS = 15_000;
const MOST_BYTES = 2_000_000;
const MOST_MODELS = 500;

const listSchema = z.object({
  data: z.array(
    z.object({ id: z.string().min(1).max(120), shutdown_date: z.string().nullish().catch(null) }),
  ),
});

export type ServerModels = {
  /** Ids as the server names them; of the provider's own, those that make images. */
  models: string[];
  /** Days it named as their last, by id. */
  endings: Record<string, string>;
  observed?: Observed;
};

/** Asks a server which models it has. Costs nothing. Answers a ModelError when it cannot be asked; never throws one. */
export async function listServerModels(
  connection: Connection,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ServerModels | ModelError> {
  const facts = { ...catalogueFor(connection.dialect, ""), timeoutMs: PROBE_MS };
  const provider = { connection, facts, rules: DIALECT_RULES[connection.dialect] };
  const client = clientFor(connection, PROBE_MS);
  const deadline = AbortSignal.timeout(PROBE_MS);
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
  let headers = new Headers();
  try {
    const answer = await answerOf(client, () => client.sdk.get("/models", { signal: either }).asResponse());
    headers = answer.headers;
    const list = readList(await readText(answer.body), connection);
    const observed = observedLimits(headers, "", Date.now());
    return list instanceof ModelError || !observed ? list : { ...list, observed };
  } catch (error) {
    const because = signal?.aborted ? "stopped" : deadline.aborted ? "deadline" : "connection";
    const failure = failureOf({ error, client, headers, because });
    if (!failure) throw error;
    const told = classify(failure, callFacts(provider));
    // Nothing was asked for that costs money.
    return new ModelError(told.code, told.words, { ...told.extra, charge: "none" });
  }
}

function readList(text: string, { dialect, label }: Connection): ServerModels | ModelError {
  const parsed = listSchema.safeParse(parse(text));
  if (!parsed.success) {
    const words = `${label} answers, but with no list of models. Check the address: it mostly ends in /v1.`;
    return new ModelError("bad_request", words);
  }
  const makesImages = ({ id }: { id: string }) => dialect !== "openai" || /image|dall-e/i.test(id);
  const named = parsed.data.data.slice(0, 10 * MOST_MODELS);
  // A server that speaks like the provider may name its models as it likes.
  const listed = named.some(makesImages) ? named.filter(makesImages) : named;
  const models = listed.slice(0, MOST_MODELS);
  const ending = models.flatMap(({ id, shutdown_date }) => (shutdown_date ? [[id, shutdown_date]] : []));
  return { models: models.map(({ id }) => id), endings: Object.fromEntries(ending) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > MOST_BYTES)
      throw new NoWholeAnswer("too long", { cause: new Error("The list is longer than 2 MB.") });
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
