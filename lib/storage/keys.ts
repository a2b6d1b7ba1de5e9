import { randomUUID } from "node:crypto";
import type { ThumbSize } from "@/lib/images/types";

// Keys are made here alone, from our own ids and hashes; nothing a person typed ever becomes part of one.

/** A new place for the bytes of one upload. */
export function newUploadKey(ownerId: string): string {
  return `o/${ownerId}/${randomUUID()}`;
}

/** What browsers put into the storage themselves lies apart until its probe: nobody has looked at it yet. */
export const DIRECT = "u/";

/** A new place for a file that a browser sends straight to the storage. */
export function newDirectKey({ ownerId, inputId }: { ownerId: string; inputId: string }): string {
  return `${DIRECT}${ownerId}/${inputId}/${randomUUID()}`;
}

/** The input that a file sent straight to the storage is for; null for every other key. */
export function directInputOf(key: string): string | null {
  const [prefix, , inputId, , ...rest] = key.split("/");
  return prefix === "u" && inputId && rest.length === 0 ? inputId : null;
}

/** Where the result of an attempt lies. */
export function resultKey(ownerId: string, attemptId: string): string {
  return `r/${ownerId}/${attemptId}`;
}

/** Where a thumbnail of an owner's image lies: WebP. */
export function thumbKey(ownerId: string, sha256: string, size: ThumbSize): string {
  return `t/${ownerId}/${sha256}/${size}.webp`;
}

const KEY = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)?)+$/;

/** Throws RangeError on anything that is not one of our keys, so that a driver never leaves its root. */
export function assertKey(key: string): void {
  if (key.length > 300 || !KEY.test(key)) throw new RangeError("not a storage key");
}
