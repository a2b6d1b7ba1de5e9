import { randomBytes } from "node:crypto";
import { Refusal } from "../refusal";
import { type BatchPlan, batchPlanSchema, type Plan } from "./plan";

export type StoredFile = {
  id: string;
  purpose: string;
  name: string;
  bytes: Buffer;
  createdAt: number;
  expiresAt: number | null;
};

export type BatchStatus =
  | "validating"
  | "failed"
  | "in_progress"
  | "finalizing"
  | "completed"
  | "expired"
  | "cancelling"
  | "cancelled";

export type FakeBatch = {
  id: string;
  status: BatchStatus;
  endpoint: string;
  inputFileId: string;
  outputFileId: string | null;
  errorFileId: string | null;
  metadata: Record<string, string>;
  createdAt: number;
  errors: { code: string; message: string; line: number | null }[];
  counts: { total: number; completed: number; failed: number };
  /** Of its lines, in their order. */
  customIds: string[];
  plan: Plan;
};

/** Files and batches of one fake. */
export class BatchStore {
  readonly files = new Map<string, StoredFile>();
  readonly batches = new Map<string, FakeBatch>();
  private readonly plans: Plan[] = [];
  private readonly woken = new Set<() => void>();

  /** What becomes of the next batches, one plan each. */
  plan(plans: readonly BatchPlan[]): void {
    this.plans.push(...plans.map((plan) => batchPlanSchema.parse(plan)));
  }

  nextPlan(): Plan {
    return this.plans.shift() ?? batchPlanSchema.parse({});
  }

  keep(purpose: string, name: string, bytes: Buffer, seconds: number | null = null): StoredFile {
    const createdAt = Math.floor(Date.now() / 1000);
    const id = `file-${randomBytes(12).toString("hex")}`;
    const file = { id, purpose, name, bytes, createdAt, expiresAt: seconds && createdAt + seconds };
    this.files.set(id, file);
    return file;
  }

  file(id: string): StoredFile {
    const file = this.files.get(id);
    if (file) return file;
    throw new Refusal(404, `No such File object: ${id}`, { param: "id" });
  }

  batch(id: string): FakeBatch {
    const batch = this.batches.get(id);
    if (batch) return batch;
    throw new Refusal(404, `No batch found with id '${id}'.`);
  }

  /** Lets batches that stay look again at what they were told. */
  wake(): void {
    for (const go of this.woken) go();
    this.woken.clear();
  }

  changed(): Promise<void> {
    return new Promise((resolve) => this.woken.add(resolve));
  }
}

export function fileObject({ id, purpose, name, bytes, createdAt, expiresAt }: StoredFile) {
  return {
    id,
    object: "file",
    bytes: bytes.length,
    created_at: createdAt,
    expires_at: expiresAt,
    filename: name,
    purpose,
    status: "processed",
  };
}

export function batchObject(batch: FakeBatch) {
  return {
    id: batch.id,
    object: "batch",
    endpoint: batch.endpoint,
    status: batch.status,
    errors: batch.errors.length > 0 ? { object: "list", data: batch.errors } : null,
    input_file_id: batch.inputFileId,
    output_file_id: batch.outputFileId,
    error_file_id: batch.errorFileId,
    completion_window: "24h",
    created_at: batch.createdAt,
    expires_at: batch.createdAt + 86_400,
    request_counts: batch.counts,
    metadata: batch.metadata,
  };
}
