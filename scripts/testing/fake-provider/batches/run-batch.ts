import { randomBytes } from "node:crypto";
import { findServed } from "../models";
import type { Provider } from "../provider";
import { makeLine } from "./make-line";
import { type BatchLine, readLines } from "./read-lines";
import type { FakeBatch } from "./store";

type Told = { custom_id: string; text: string };

/** A batch from its validation to its files, as its plan has it. */
export async function runBatch(provider: Provider, batch: FakeBatch): Promise<void> {
  const { store, settings } = provider;
  const lines = readLines(batch, store.file(batch.inputFileId).bytes);
  const refused = refusalOf(batch, lines, settings.batchModels);
  if (refused) {
    batch.errors.push(refused);
    batch.status = "failed";
    return;
  }
  const asked = lines.filter((line) => "customId" in line);
  batch.customIds = asked.map(({ customId }) => customId);
  batch.counts.total = asked.length;
  if (batch.status === "validating") batch.status = "in_progress";
  const made: Told[] = [];
  const wrong: Told[] = [];
  for (const [at, line] of asked.entries()) {
    while (mustWait(batch, at)) await store.changed();
    if (isOver(batch, at)) break;
    const { ok, body } = await makeLine(provider, batch, line);
    batch.counts[ok ? "completed" : "failed"] += 1;
    (ok ? made : wrong).push({ custom_id: line.customId, text: told(line.customId, { response: body }) });
  }
  while (mustWait(batch, asked.length)) await store.changed();
  finish(provider, batch, { made, wrong, unmade: unmadeOf(asked, [...made, ...wrong]) });
}

type Refused = FakeBatch["errors"][number];

function refusalOf(
  { plan }: FakeBatch,
  lines: readonly (BatchLine | Refused)[],
  batchModels: readonly string[] | undefined,
): Refused | undefined {
  const wrong = lines.find((line) => "code" in line);
  if (wrong) return wrong;
  if (plan.end === "failed") return { code: plan.code, message: plan.message, line: null };
  const models = new Set(lines.flatMap((line) => ("body" in line ? [String(line.body.model)] : [])));
  const [model = ""] = models;
  if (models.size > 1) {
    return { code: "mismatched_model", message: "All requests of a batch must use one model.", line: 2 };
  }
  if (!findServed(model, undefined) || (batchModels && !batchModels.includes(model))) {
    const message = `The provided model '${model}' is not supported by the Batch API.`;
    return { code: "model_not_found", message, line: 1 };
  }
  return undefined;
}

/** It has come to where its plan lets it stand. */
function mustWait({ plan, status }: FakeBatch, at: number): boolean {
  return plan.end === "stays" && status === "in_progress" && at >= (plan.lines ?? 0);
}

function isOver({ plan, status }: FakeBatch, at: number): boolean {
  return status === "cancelling" || (plan.lines !== undefined && plan.end !== "stays" && at >= plan.lines);
}

function unmadeOf(asked: readonly BatchLine[], over: readonly Told[]): BatchLine[] {
  const done = new Set(over.map(({ custom_id }) => custom_id));
  return asked.filter(({ customId }) => !done.has(customId));
}

function told(
  custom_id: string,
  { response = "null", error = "null" }: { response?: string; error?: string },
) {
  const id = `batch_req_${randomBytes(8).toString("hex")}`;
  return `{"id":"${id}","custom_id":${JSON.stringify(custom_id)},"response":${response},"error":${error}}`;
}

function finish(
  { store }: Provider,
  batch: FakeBatch,
  { made, wrong, unmade }: { made: Told[]; wrong: Told[]; unmade: BatchLine[] },
): void {
  const { plan } = batch;
  const end = batch.status === "cancelling" ? "cancelled" : plan.end === "stays" ? "completed" : plan.end;
  const why = JSON.stringify({ code: `batch_${end}`, message: `This request was not made: batch ${end}.` });
  const named = plan.tellUnmade ? unmade.map(({ customId }) => told(customId, { error: why })) : [];
  const results = made.slice(plan.swallowed).map(({ text }) => text);
  const output = [
    ...(plan.garbage ? ['{"id":"batch_req_', "<html>not a line</html>"] : []),
    ...(plan.shuffled ? results.toReversed() : results),
    ...(plan.twice ? results.slice(0, 1) : []),
  ];
  const errors = [...wrong.map(({ text }) => text), ...named];
  const write = (lines: string[]) =>
    lines.length > 0
      ? store.keep("batch_output", "lines.jsonl", Buffer.from(`${lines.join("\n")}\n`)).id
      : null;
  batch.outputFileId = write(output);
  batch.errorFileId = write(errors);
  batch.status = end === "failed" ? "completed" : end;
}
