import { notFound } from "@/lib/errors";
import { storage } from "./index";
import type { ByteRange } from "./types";

export type ServeOptions = {
  type: "image/webp" | "image/png" | "image/jpeg";
  /** 'inline', or the file name to save it under. */
  disposition: "inline" | { fileName: string };
  /** Content-hashed keys never change; a share must be asked every time, and for a member of a workspace too. */
  cache: "private, max-age=31536000, immutable" | "private, no-cache" | "private, no-store";
  etag: string;
};

/**
 * Streams a stored object after the caller has proven the right to it. Answers ranges and If-None-Match.
 * The bytes can never act as a page: fixed type, nosniff, sandbox. Throws AppError not_found.
 */
export async function serveObject(request: Request, key: string, options: ServeOptions): Promise<Response> {
  const etag = `"${options.etag}"`;
  const headers = new Headers({
    "content-type": options.type,
    "content-disposition": dispositionHeader(options.disposition),
    "cache-control": options.cache,
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "accept-ranges": "bytes",
    etag,
  });
  if (options.cache !== "private, no-store" && request.headers.get("if-none-match") === etag) {
    return new Response(null, { status: 304, headers });
  }
  const asked = request.headers.get("range");
  const range = asked ? await parseRange(asked, key) : undefined;
  if (range === null) return new Response(null, { status: 416, headers });
  const object = await storage().get(key, range);
  if (!object) throw notFound();
  headers.set("content-length", String(object.size));
  if (!range) return new Response(object.stream, { headers });
  headers.set("content-range", `bytes ${object.start}-${object.start + object.size - 1}/${object.total}`);
  return new Response(object.stream, { status: 206, headers });
}

/** Undefined: serve it whole (several ranges, other units). Null: out of bounds. */
async function parseRange(header: string, key: string): Promise<ByteRange | undefined | null> {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header);
  if (!match || (!match[1] && !match[2])) return undefined;
  const head = await storage().head(key);
  if (!head) throw notFound();
  const last = head.size - 1;
  const range = match[1]
    ? { start: Number(match[1]), end: match[2] ? Math.min(Number(match[2]), last) : last }
    : { start: Math.max(0, head.size - Number(match[2])), end: last };
  return range.start > last || range.end < range.start ? null : range;
}

/** RFC 6266: an ASCII fallback and the real name in UTF-8. */
export function dispositionHeader(disposition: ServeOptions["disposition"]): string {
  if (disposition === "inline") return "inline";
  const ascii = disposition.fileName.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const utf8 = encodeURIComponent(disposition.fileName).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}
