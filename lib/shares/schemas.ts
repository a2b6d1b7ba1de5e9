import { z } from "zod";
import { PASSWORD_MAX, PASSWORD_MIN } from "./constants";

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
  password: z
    .string()
    .min(PASSWORD_MIN, `The password needs ${PASSWORD_MIN} characters`)
    .max(PASSWORD_MAX, `The limit of the password is ${PASSWORD_MAX} characters`)
    .nullable()
    .default(null),
});

export const revokeShareSchema = z.strictObject({ shareId: z.uuid() });

export const unlockSchema = z.strictObject({ password: z.string().max(PASSWORD_MAX * 4) });

/** 256 bits as base64url; anything else is not worth a look into the database. */
export const tokenSchema = z.string().regex(/^[\w-]{43}$/);
