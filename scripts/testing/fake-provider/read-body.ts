import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { sha256 } from "./pictures/trace";
import { Refusal } from "./refusal";

export type SentFile = { field: string; name: string; type: string; bytes: Buffer; sha256: string };

/** What a call sent. Scalars of a form are text; a field that came twice is a list. */
export type SentBody = {
  kind: "json" | "form" | "none";
  fields: Record<string, unknown>;
  files: SentFile[];
  bytes: number;
};

const MAX_BYTES = 1_000_000_000;

export async function readBody(request: IncomingMessage): Promise<SentBody> {
  const body = await readBytes(request);
  const contentType = request.headers["content-type"] ?? "";
  if (body.length === 0) return { kind: "none", fields: {}, files: [], bytes: 0 };
  if (contentType.startsWith("multipart/form-data")) return readForm(body, contentType);
  return { kind: "json", fields: readJson(body), files: [], bytes: body.length };
}

async function readBytes(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Refusal(413, "Request body is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function readJson(body: Buffer): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body.toString("utf8")));
  } catch {
    throw new Refusal(400, "We could not parse the JSON body of your request.");
  }
}

async function readForm(body: Buffer<ArrayBuffer>, contentType: string): Promise<SentBody> {
  const form = await new Response(body, { headers: { "content-type": contentType } }).formData().catch(() => {
    throw new Refusal(400, "We could not parse the form body of your request.");
  });
  const fields: Record<string, unknown> = {};
  const files: SentFile[] = [];
  for (const [field, value] of form) {
    if (typeof value === "string") {
      const before = fields[field];
      fields[field] = before === undefined ? value : [before, value].flat();
    } else {
      const bytes = Buffer.from(await value.arrayBuffer());
      files.push({ field, name: value.name, type: value.type, bytes, sha256: sha256(bytes) });
    }
  }
  return { kind: "form", fields, files, bytes: body.length };
}
