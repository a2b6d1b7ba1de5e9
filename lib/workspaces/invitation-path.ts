import { tokenSchema } from "./schemas";

export function invitationPath(token: string): string {
  return `/join/${token}`;
}

/** The token of an invitation's path or address; null for anything else. */
export function tokenOfPath(path: string | null | undefined): string | null {
  const token = path?.match(/^(?:https?:\/\/[^/]+)?\/join\/([^/?#]+)/)?.[1];
  return tokenSchema.safeParse(token).data ?? null;
}
