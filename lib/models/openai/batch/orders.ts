import { z } from "zod";
import type { BatchEndpoint } from "@/lib/batches/types";
import type { ProviderBatch } from "../../provider-batches";
import { scrub } from "../errors/scrub";
import type { Provider } from "../make-image";
import { askJson } from "./ask";

/** Under this name our id goes along. */
const OURS = "contact_sheet_batch";
/** Results are fetched as soon as they are there; this is for an installation that was switched off meanwhile. */
const RESULTS_KEPT_SECONDS = 14 * 86_400;
const PAGE = 100;
const MOST_PAGES = 50;

const count = z.number().min(0).catch(0);
const batchSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  created_at: z.number(),
  expires_at: z.number().nullish(),
  metadata: z.record(z.string(), z.string()).nullish().catch(null),
  request_counts: z.object({ total: count, completed: count, failed: count }).nullish(),
  errors: z
    .object({
      data: z.array(z.object({ code: z.string().nullish(), message: z.string().nullish() })).nullish(),
    })
    .nullish()
    .catch(null),
});
const listSchema = z.object({ data: z.array(batchSchema), has_more: z.boolean().nullish() });

/** Gives the order. After a broken call it may stand all the same: then `findBatches` finds it. */
export async function orderBatch(
  provider: Provider,
  { inputFileId, endpoint, ours }: { inputFileId: string; endpoint: BatchEndpoint; ours: string },
): Promise<ProviderBatch> {
  const body = {
    input_file_id: inputFileId,
    endpoint: pathOf(endpoint),
    completion_window: "24h",
    metadata: { [OURS]: ours },
    output_expires_after: { anchor: "created_at", seconds: RESULTS_KEPT_SECONDS },
  };
  const raw = await askJson(provider, batchSchema, (sdk, signal) =>
    sdk.post("/batches", { body, signal }).asResponse(),
  );
  return told(provider, raw);
}

export async function lookAtBatch(provider: Provider, id: string): Promise<ProviderBatch> {
  const raw = await askJson(provider, batchSchema, (sdk, signal) =>
    sdk.get(`/batches/${encodeURIComponent(id)}`, { signal }).asResponse(),
  );
  return told(provider, raw);
}

export async function cancelBatch(provider: Provider, id: string): Promise<void> {
  await askJson(provider, z.unknown(), (sdk, signal) =>
    sdk.post(`/batches/${encodeURIComponent(id)}/cancel`, { signal }).asResponse(),
  );
}

/** The batches with our id that were ordered since that time, ms since 1970, newest first. */
export async function findBatches(
  provider: Provider,
  { ours, since }: { ours: string; since: number },
): Promise<ProviderBatch[]> {
  const found: ProviderBatch[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { limit: PAGE, ...(after && { after }) };
    const { data, has_more } = await askJson(provider, listSchema, (sdk, signal) =>
      sdk.get("/batches", { query, signal }).asResponse(),
    );
    const batches = data.map((raw) => told(provider, raw));
    found.push(...batches.filter((batch) => batch.ours === ours));
    after = data.at(-1)?.id;
    const oldest = batches.at(-1)?.createdAt ?? 0;
    if (!has_more || !after || oldest < since) break;
  }
  return found;
}

/** Where a line of that kind says it goes. */
export function pathOf(endpoint: BatchEndpoint): string {
  return `/v1/images/${endpoint}`;
}

function told({ connection }: Provider, raw: z.infer<typeof batchSchema>): ProviderBatch {
  const secrets = connection.apiKey ? [connection.apiKey] : [];
  return {
    id: raw.id,
    state: stateOf(raw.status),
    status: scrub(raw.status, secrets).slice(0, 40),
    ours: raw.metadata?.[OURS] ?? null,
    outputFileId: raw.output_file_id ?? null,
    errorFileId: raw.error_file_id ?? null,
    lines: raw.request_counts?.total ?? 0,
    done: raw.request_counts?.completed ?? 0,
    failed: raw.request_counts?.failed ?? 0,
    createdAt: raw.created_at * 1000,
    expiresAt: raw.expires_at ? raw.expires_at * 1000 : null,
    refusal: raw.status === "failed" ? refusalIn(raw, secrets) : null,
  };
}

/** An unknown word may stand for anything but the end. */
function stateOf(status: string): ProviderBatch["state"] {
  if (status === "failed") return "refused";
  return ["completed", "expired", "cancelled"].includes(status) ? "over" : "working";
}

function refusalIn({ errors }: z.infer<typeof batchSchema>, secrets: string[]): ProviderBatch["refusal"] {
  const all = errors?.data ?? [];
  const texts = all.map(({ code, message }) => [code, message].filter(Boolean).join(" "));
  const details = scrub(texts.slice(0, 5).join("; "), secrets);
  return {
    why: whyOf(
      all.map(({ code }) => code ?? ""),
      details,
    ),
    details,
  };
}

function whyOf(codes: string[], details: string): "unsupported" | "full" | "other" {
  if (codes.includes("token_limit_exceeded") || /enqueued.*limit/i.test(details)) return "full";
  const unsupported = codes.some((code) =>
    /^(model_not_found|unsupported_|invalid_model|invalid_endpoint)/.test(code),
  );
  return unsupported || /not supported|does not support/i.test(details) ? "unsupported" : "other";
}
