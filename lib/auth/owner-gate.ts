import { AppError } from "@/lib/errors";
import type { CurrentUser } from "./types";

/** What only the owner of a workspace does. */
const OWNER_ONLY = {
  keys: "can change keys. Nothing was changed.",
  budget: "can change its monthly stop. Nothing was changed.",
  usage: "sees what it costs. Each session shows its own cost.",
  team: "can invite and remove people. Nothing was changed.",
} as const;

export type OwnerOnly = keyof typeof OWNER_ONLY;

/** The one gate in front of it. Throws AppError `not_owner` (403) for members. */
export function requireOwner(user: CurrentUser, what: OwnerOnly): void {
  if (user.role === "owner") return;
  throw new AppError("not_owner", `Only the owner of this workspace ${OWNER_ONLY[what]}`);
}
