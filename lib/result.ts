/** Answer of a server action or a mutation that may be refused. */
export type Result<T = undefined> = { ok: true; value: T } | Refused;
export type Refused = { ok: false; reason: string; words: string };

export function ok(): Result<undefined>;
export function ok<T>(value: T): Result<T>;
export function ok<T>(value?: T): Result<T | undefined> {
  return { ok: true, value };
}

export function refused(reason: string, words: string): Refused {
  return { ok: false, reason, words };
}
