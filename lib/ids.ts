import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";

export const idSchema = z.uuid();

/** 256 random bits, base64url (43 characters). */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** How secrets are stored and looked up: SHA-256, hex. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
