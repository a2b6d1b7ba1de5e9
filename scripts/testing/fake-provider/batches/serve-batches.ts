import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { checkKey, type Exchange, replyEarly, sendReply } from "../exchange";
import { json, type Reply } from "../faults/damage";
import type { Provider } from "../provider";
import { readBody, type SentBody } from "../read-body";
import { Refusal } from "../refusal";
import { runBatch } from "./run-batch";
import { batchObject, type FakeBatch, fileObject } from "./store";

const FILES = /^\/v1\/files(?:\/([\w-]+))?(\/content)?$/;
const BATCHES = /^\/v1\/batches(?:\/([\w-]+))?(\/cancel)?$/;

/** Whether the provider's files and batches answer there. */
export function isBatchPath(path: string): boolean {
  return FILES.test(path) || BATCHES.test(path);
}

/** One request for files or batches. What it changes is done before its answer may get lost. Throws Refusal. */
export async function serveBatches(exchange: Exchange): Promise<void> {
  const { provider, call, request } = exchange;
  const sent = await readBody(request);
  checkKey(exchange);
  provider.log.entered(call);
  const { fault, latencyMs } = provider.faults.choose(call);
  call.fault = fault?.kind ?? null;
  if (fault && (await replyEarly(exchange, { fault, latencyMs }))) return;
  const reply = answer(exchange, sent);
  await pause(latencyMs ?? 0);
  await sendReply(exchange, reply, fault);
}

function answer({ provider, call, request }: Exchange, sent: SentBody): Reply {
  const [, fileId, content] = FILES.exec(call.path) ?? [];
  const [, batchId, cancel] = BATCHES.exec(call.path) ?? [];
  const isFile = FILES.test(call.path);
  const way = `${request.method} ${isFile ? "file" : "batch"}${(fileId ?? batchId) ? " one" : ""}${content ?? cancel ?? ""}`;
  const { store } = provider;
  switch (way) {
    case "POST file":
      return json(200, fileObject(upload(provider, sent)));
    case "GET file one":
      return json(200, fileObject(store.file(fileId ?? "")));
    case "GET file one/content":
      return {
        status: 200,
        headers: { "content-type": "application/octet-stream" },
        body: store.file(fileId ?? "").bytes,
      };
    case "DELETE file one": {
      const { id } = store.file(fileId ?? "");
      store.files.delete(id);
      return json(200, { id, object: "file", deleted: true });
    }
    case "POST batch":
      return json(200, batchObject(create(provider, sent)));
    case "GET batch":
      return json(200, list(provider, new URL(request.url ?? "/", provider.origin).searchParams));
    case "GET batch one":
      return json(200, lookAt(store.batch(batchId ?? "")));
    case "POST batch one/cancel":
      return json(200, batchObject(cancelBatch(provider, store.batch(batchId ?? ""))));
    default:
      throw new Refusal(404, `Invalid URL (${request.method} ${call.path})`);
  }
}

const seconds = z.coerce.number().int().min(3_600).max(2_592_000);

function upload({ store }: Provider, { fields, files }: SentBody) {
  const [file] = files;
  const asked = z
    .object({
      purpose: z.enum(["vision", "user_data", "batch"]),
      "expires_after[anchor]": z.literal("created_at").optional(),
      "expires_after[seconds]": seconds.optional(),
    })
    .safeParse(fields);
  if (!asked.success || !file) throw new Refusal(400, "Invalid file upload.", { param: "file" });
  return store.keep(asked.data.purpose, file.name, file.bytes, asked.data["expires_after[seconds]"] ?? null);
}

const createSchema = z.strictObject({
  input_file_id: z.string(),
  endpoint: z.enum(["/v1/images/edits", "/v1/images/generations"]),
  completion_window: z.literal("24h"),
  metadata: z.record(z.string().max(64), z.string().max(512)).default({}),
  output_expires_after: z.object({ anchor: z.literal("created_at"), seconds }).optional(),
});

const MAX_INPUT = 200_000_000;

function create(provider: Provider, { fields }: SentBody): FakeBatch {
  const { store } = provider;
  const asked = createSchema.safeParse(fields);
  if (!asked.success) throw new Refusal(400, z.prettifyError(asked.error));
  const { input_file_id, endpoint, metadata } = asked.data;
  const file = store.file(input_file_id);
  if (file.purpose !== "batch") throw new Refusal(400, "The file has another purpose than batch.");
  if (file.bytes.length > MAX_INPUT) throw new Refusal(400, "The input file is larger than 200 MB.");
  const batch: FakeBatch = {
    id: `batch_${randomBytes(12).toString("hex")}`,
    status: "validating",
    endpoint,
    inputFileId: input_file_id,
    outputFileId: null,
    errorFileId: null,
    metadata,
    createdAt: Math.floor(Date.now() / 1000),
    errors: [],
    counts: { total: 0, completed: 0, failed: 0 },
    customIds: [],
    plan: store.nextPlan(),
  };
  store.batches.set(batch.id, batch);
  setImmediate(() => void runBatch(provider, batch).catch(() => failed(batch)));
  return batch;
}

function failed(batch: FakeBatch): void {
  batch.errors.push({ code: "server_error", message: "The batch could not be worked on.", line: null });
  batch.status = "failed";
}

function lookAt(batch: FakeBatch) {
  const told = batchObject(batch);
  if (batch.outputFileId === null || batch.plan.late === 0) return told;
  batch.plan.late -= 1;
  return { ...told, output_file_id: null, error_file_id: null };
}

/** Newest first. */
function list({ store }: Provider, asked: URLSearchParams) {
  const all = [...store.batches.values()].toReversed();
  const after = asked.get("after");
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const limit = Number(asked.get("limit") ?? 20);
  const page = all.slice(from, from + limit).map(batchObject);
  return {
    object: "list",
    data: page,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: from + limit < all.length,
  };
}

function cancelBatch({ store }: Provider, batch: FakeBatch): FakeBatch {
  if (["completed", "failed", "expired", "cancelled"].includes(batch.status)) {
    throw new Refusal(409, `Cannot cancel a batch with status '${batch.status}'.`, { type: "conflict" });
  }
  batch.status = "cancelling";
  store.wake();
  return batch;
}
