import { ORIGINAL } from "./constants";

/**
 * The pictures an attempt worked on, its source first and then what it looked at beside it; null is the original.
 * `fed` are the attempts it was given, `wiring` is what its step is fed by now: only places tell whether the original
 * came first, so a wiring that was changed since says nothing.
 */
export function feedOf<Fed>({
  wiring,
  fed,
}: {
  wiring: readonly number[];
  fed: readonly Fed[];
}): [Fed | null, ...(Fed | null)[]] {
  const [first = null, ...others] =
    wiring.filter((place) => place !== ORIGINAL).length === fed.length ? asWired(wiring, fed) : fed;
  return [first, ...others];
}

function asWired<Fed>(wiring: readonly number[], fed: readonly Fed[]): (Fed | null)[] {
  let given = 0;
  return wiring.map((place) => {
    if (place === ORIGINAL) return null;
    given += 1;
    return fed[given - 1] ?? null;
  });
}
