const FIRST = 5;
const USUAL = 60;
const CALM = 300;

/** Seconds until a batch that was sent `age` seconds ago is looked at again: soon at first, then less and less. Pure. */
export function pollSeconds(age: number): number {
  if (age >= 3_600) return CALM;
  return Math.min(USUAL, Math.max(FIRST, Math.round(age / 4)));
}

/** Seconds to wait after `troubles` looks in a row that something was in the way of, never before it asks to. Pure. */
export function troubleSeconds(troubles: number, retryAfterMs = 0): number {
  return Math.max(Math.ceil(retryAfterMs / 1000), Math.min(CALM, FIRST * 2 ** Math.min(troubles, 10)));
}
