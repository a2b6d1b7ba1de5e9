import "server-only";
import { clientAddress } from "@/lib/auth/client-address";
import { takeTry, throttleKey } from "@/lib/auth/throttle";
import { notFound, TooManyTriesError } from "@/lib/errors";
import { MISSES_PER_MINUTE } from "../constants";
import { isUnlocked } from "../lock";
import { type OpenShare, resolveShare } from "./resolve-share";

/**
 * The open link of a request to a route under it. Throws AppError not_found, the same for unknown, revoked, expired
 * and locked links, or TooManyTriesError for an address that missed too often.
 */
export async function openShareOf(token: string, headers: Headers): Promise<OpenShare> {
  const share = await resolveShare(token);
  if (share && isUnlocked(share, headers)) return share;
  await takeMiss(headers);
  throw notFound();
}

/** The same for the page, where every miss looks like every other; `locked`: the password is asked for first. */
export async function findShareOf(token: string, headers: Headers): Promise<OpenShare | "locked" | null> {
  const share = await resolveShare(token);
  if (share) return isUnlocked(share, headers) ? share : "locked";
  await takeMiss(headers).catch((error) => {
    if (!(error instanceof TooManyTriesError)) throw error;
  });
  return null;
}

async function takeMiss(headers: Headers): Promise<void> {
  const key = throttleKey("share-miss", clientAddress(headers));
  await takeTry({ key, limit: MISSES_PER_MINUTE, windowSeconds: 60 });
}
