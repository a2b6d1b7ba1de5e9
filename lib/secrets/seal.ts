import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Whom and what a secret belongs to. It opens for exactly these again. */
export type SealContext = { ownerId: string; id: string };

/** Thrown when a sealed secret does not open: changed, of somebody else, or under a key that is gone. Says no more. */
export class SealError extends Error {
  override readonly name = "SealError";
}

/** Whether this installation has a key to seal with (ENCRYPTION_KEY). */
export function canSeal(): boolean {
  return env().ENCRYPTION_KEY !== undefined;
}

/**
 * Seals a secret for storage: AES-256-GCM, a random 96-bit nonce, and its owner and id as associated data, so that a
 * copy in another row does not open. The envelope is `v1.<which key>.<nonce, text and tag in base64url>`.
 * Throws SealError without ENCRYPTION_KEY.
 */
export function seal(secret: string, context: SealContext): string {
  const { ENCRYPTION_KEY } = env();
  if (!ENCRYPTION_KEY) throw new SealError("There is no ENCRYPTION_KEY to seal with.");
  const key = bytesOf(ENCRYPTION_KEY);
  const head = `${VERSION}.${keyName(key)}`;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated(head, context));
  const body = Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${head}.${body.toString("base64url")}`;
}

/** Opens what `seal` made, also under ENCRYPTION_KEY_OLD. Throws SealError. */
export function open(sealed: string, context: SealContext): string {
  const [version, name, text = "", ...rest] = sealed.split(".");
  const body = Buffer.from(text, "base64url");
  const key = knownKeys().find((known) => keyName(known) === name);
  if (version !== VERSION || rest.length > 0 || !key || body.length < NONCE_BYTES + TAG_BYTES) {
    throw new SealError("This secret was not sealed with a key that is known here.");
  }
  const decipher = createDecipheriv("aes-256-gcm", key, body.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associated(`${version}.${name}`, context));
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  try {
    const opened = [decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString("utf8");
  } catch {
    throw new SealError("This secret was changed, or belongs to somebody else.");
  }
}

function associated(head: string, { ownerId, id }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([head, ownerId, id]));
}

function knownKeys(): Buffer[] {
  const { ENCRYPTION_KEY, ENCRYPTION_KEY_OLD } = env();
  return [ENCRYPTION_KEY, ENCRYPTION_KEY_OLD].flatMap((key) => (key ? [bytesOf(key)] : []));
}

/** Node reads both alphabets of base64 under this name. */
function bytesOf(key: string): Buffer {
  return Buffer.from(key, key.length === 64 ? "hex" : "base64url");
}

/** Tells keys apart without saying anything about them. */
function keyName(key: Buffer): string {
  return createHash("sha256").update("contact-sheet key name").update(key).digest("hex").slice(0, 8);
}
