import "server-only";
import { clientAddress } from "@/lib/auth/client-address";
import { verifyPassword } from "@/lib/auth/passwords";
import { returnTry, takeTry, throttleKey } from "@/lib/auth/throttle";
import { notFound } from "@/lib/errors";
import { UNLOCK_TRIES } from "../constants";
import { unlockCookie } from "../lock";
import { resolveShare } from "../queries/resolve-share";

/**
 * Opens a locked link for one browser: answers its cookie, or null for a wrong password. Throws AppError not_found
 * where there is nothing to unlock, and TooManyTriesError before the password is looked at.
 */
export async function unlockShare(given: {
  token: string;
  password: string;
  headers: Headers;
}): Promise<string | null> {
  const share = await resolveShare(given.token);
  const address = clientAddress(given.headers);
  if (!share?.passwordHash) {
    await takeTry({ key: throttleKey("share-unlock:address", address), ...UNLOCK_TRIES.address });
    throw notFound();
  }
  const tries = [
    { key: throttleKey(`share-unlock:${share.id}`, address), ...UNLOCK_TRIES.address },
    { key: throttleKey("share-unlock:link", share.id), ...UNLOCK_TRIES.link },
  ];
  for (const one of tries) await takeTry(one);
  if (!(await verifyPassword(given.password, share.passwordHash))) return null;
  for (const one of tries) await returnTry(one);
  return unlockCookie({ id: share.id, passwordHash: share.passwordHash });
}
