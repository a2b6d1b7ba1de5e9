import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@/lib/errors";
import { normalPassword } from "./password-rules";

/** argon2id (this library's default) with OWASP's least: 19 MiB, 2 passes, 1 lane. */
const HASH_PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const AT_ONCE = 2;
const MOST_WAITING = 200;

export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalPassword(password), HASH_PARAMETERS));
}

/**
 * Whether the password fits. Without a stored hash a stand-in is checked all the same, so that an unknown account
 * takes as long as a known one.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const against = stored ?? (await standIn());
  const fits = await inTurn(() => verify(against, normalPassword(password)));
  return fits && stored !== null;
}

/** Whether a stored hash was made with weaker parameters than today's. */
export function isOutdated(stored: string): boolean {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(stored);
  if (!found) return true;
  return Number(found[1]) < HASH_PARAMETERS.memoryCost || Number(found[2]) < HASH_PARAMETERS.timeCost;
}

let standInHash: Promise<string> | undefined;
function standIn(): Promise<string> {
  standInHash ??= hash("no account has this password", HASH_PARAMETERS);
  return standInHash;
}

// One hash takes 19 MiB and a core: two at once per process, the rest in order. Next loads modules several times in
// one process, so the queue is on globalThis.
type Turns = { running: number; waiting: (() => void)[] };
const shared = globalThis as typeof globalThis & { contactSheetHashTurns?: Turns };

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  shared.contactSheetHashTurns ??= { running: 0, waiting: [] };
  const turns = shared.contactSheetHashTurns;
  if (turns.waiting.length >= MOST_WAITING) throw busy();
  if (turns.running >= AT_ONCE) await new Promise<void>((start) => turns.waiting.push(start));
  else turns.running += 1;
  try {
    return await work();
  } finally {
    const next = turns.waiting.shift();
    if (next) next();
    else turns.running -= 1;
  }
}

function busy(): AppError {
  return new AppError("too_many_tries", "Many people are signing in now. Wait 10 seconds, then try again.");
}
