import { z } from "zod";

const shareOptionsSchema = z.strictObject({
  originals: z.boolean(),
  prompts: z.boolean(),
  names: z.boolean(),
  download: z.boolean(),
});

export const createShareSchema = z.strictObject({
  sessionId: z.uuid(),
  options: shareOptionsSchema,
  expiresInDays: z.union([z.literal(7), z.literal(30), z.null()]),
});

export const revokeShareSchema = z.strictObject({ shareId: z.uuid() });

/** 256 bits as base64url; anything else is not worth a look into the database. */
export const tokenSchema = z.string().regex(/^[\w-]{43}$/);
