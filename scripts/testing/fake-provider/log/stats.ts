import type { Call } from "./call";

const MINUTE_MS = 60_000;

export type Stats = {
  calls: number;
  imageCalls: number;
  inFlight: number;
  maxInFlight: number;
  byStatus: Record<string, number>;
  byFault: Record<string, number>;
  /** Refused by a limit, of all image calls; 0 to 1. Faults that only look like it do not count. */
  limitedShare: number;
  abortedByClient: number;
  charged: { calls: number; images: number; tokens: { text: number; image: number; output: number } };
  /** Units of images in the fullest 60 s: asked for, and let in. */
  fullestMinute: { asked: number; admitted: number };
  /** How many more were asked for in some 60 s than `allowed`; null without a limit. */
  overshoot: number | null;
  perSecond: { second: number; asked: number; admitted: number; limited: number }[];
};

/** Figures of the calls so far. `allowed`: units of images the limit grants in any 60 s at most. */
export function statsOf(calls: readonly Call[], allowed: number | null): Stats {
  const images = calls.filter(({ isImage }) => isImage);
  const charged = images.filter((call) => call.charged);
  const asked = fullestMinute(images);
  return {
    calls: calls.length,
    imageCalls: images.length,
    inFlight: images.filter(({ endedAt }) => endedAt === null).length,
    maxInFlight: mostAtOnce(images),
    byStatus: countBy(images.map(({ status }) => String(status ?? "none"))),
    byFault: countBy(images.flatMap(({ fault }) => fault ?? [])),
    limitedShare: images.length === 0 ? 0 : images.filter(({ limited }) => limited).length / images.length,
    abortedByClient: images.filter(({ abortedByClient }) => abortedByClient).length,
    charged: {
      calls: charged.length,
      images: sum(charged.map(({ n }) => n)),
      tokens: {
        text: sum(charged.map(({ tokens }) => tokens?.text ?? 0)),
        image: sum(charged.map(({ tokens }) => tokens?.image ?? 0)),
        output: sum(charged.map(({ tokens }) => tokens?.output ?? 0)),
      },
    },
    fullestMinute: { asked, admitted: fullestMinute(images.filter(({ admitted }) => admitted)) },
    overshoot: allowed === null ? null : Math.max(0, asked - allowed),
    perSecond: perSecond(images),
  };
}

function fullestMinute(calls: readonly Call[]): number {
  const read = calls.filter(({ units }) => units !== null);
  let fullest = 0;
  let inside = 0;
  let first = 0;
  for (const call of read) {
    inside += call.units?.images ?? 0;
    for (
      let oldest = read[first];
      oldest && oldest.arrivedAt <= call.arrivedAt - MINUTE_MS;
      oldest = read[first]
    ) {
      inside -= oldest.units?.images ?? 0;
      first++;
    }
    fullest = Math.max(fullest, inside);
  }
  return fullest;
}

function mostAtOnce(calls: readonly Call[]): number {
  const moments = calls.flatMap(({ arrivedAt, endedAt }) => [
    { at: arrivedAt, change: 1 },
    { at: endedAt ?? Number.POSITIVE_INFINITY, change: -1 },
  ]);
  // Ends first: a call that begins in the same millisecond takes the place of one that ended.
  moments.sort((a, b) => a.at - b.at || a.change - b.change);
  let open = 0;
  let most = 0;
  for (const { change } of moments) {
    open += change;
    most = Math.max(most, open);
  }
  return most;
}

function perSecond(calls: readonly Call[]): Stats["perSecond"] {
  const seconds = new Map<number, Stats["perSecond"][number]>();
  for (const call of calls) {
    const second = Math.floor(call.arrivedAt / 1000);
    const count = seconds.get(second) ?? { second, asked: 0, admitted: 0, limited: 0 };
    count.asked++;
    if (call.admitted) count.admitted++;
    if (call.limited) count.limited++;
    seconds.set(second, count);
  }
  return [...seconds.values()];
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
