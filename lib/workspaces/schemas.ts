import { z } from "zod";

export const inviteSchema = z.strictObject({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, "The e-mail address is longer than 254 characters")
    .refine(
      (text) => text === "" || z.email().safeParse(text).success,
      "The e-mail address is not complete: it needs a name, an @ and a domain",
    ),
});

export const invitationIdSchema = z.strictObject({ invitationId: z.uuid() });
export const memberIdSchema = z.strictObject({ memberId: z.uuid() });
export const workspaceIdSchema = z.strictObject({ workspaceId: z.uuid() });

/** 256 bits as base64url. */
export const tokenSchema = z.string().regex(/^[\w-]{43}$/);
export const joinSchema = z.strictObject({ token: z.string().max(200) });
