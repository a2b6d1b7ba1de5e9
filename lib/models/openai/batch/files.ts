import { readFile } from "node:fs/promises";
import { z } from "zod";
import { formBody } from "../dialects/form-body";
import type { Provider } from "../make-image";
import { askJson } from "./ask";

/** Until then an upload that no batch was made of is gone by itself: a batch takes 24 hours, and may wait for its turn. */
const KEPT_SECONDS = 3 * 86_400;

const fileSchema = z.object({ id: z.string().min(1) });

/** Sends a picture for a batch to look at. Answers its id. */
export function uploadPicture(
  provider: Provider,
  { bytes, format }: { bytes: Uint8Array<ArrayBuffer>; format: "png" | "jpeg" },
): Promise<string> {
  const file = new File([bytes], `image.${format}`, { type: `image/${format}` });
  return upload(provider, "vision", file);
}

/** Sends a file of lines. Answers its id. */
export async function uploadLines(provider: Provider, path: string): Promise<string> {
  const file = new File([await readFile(path)], "lines.jsonl", { type: "application/jsonl" });
  return upload(provider, "batch", file);
}

async function upload(provider: Provider, purpose: "vision" | "batch", file: File): Promise<string> {
  const form = new FormData();
  form.append("purpose", purpose);
  form.append("expires_after[anchor]", "created_at");
  form.append("expires_after[seconds]", String(KEPT_SECONDS));
  form.append("file", file);
  const { id } = await askJson(provider, fileSchema, (sdk, signal) =>
    sdk.post("/files", { body: formBody(form), signal }).asResponse(),
  );
  return id;
}

/** One that is gone already is as good as removed. */
export async function removeFile(provider: Provider, id: string): Promise<void> {
  await askJson(provider, z.unknown(), (sdk, signal) =>
    sdk.delete(`/files/${encodeURIComponent(id)}`, { signal }).asResponse(),
  );
}
