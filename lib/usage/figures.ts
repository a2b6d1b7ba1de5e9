import type { UsageNumbers } from "./types";

export type Figures = {
  /** Made and reused. */
  images: number;
  /** Charged and perhaps charged, micro-dollars. */
  cost: number;
  /** Images over tries, 0 to 1; reused ones took no try, and being asked to slow down is none. Null without a try. */
  successRate: number | null;
  /** All cost, that of failures included, over images: micro-dollars; null without one. */
  perImage: number | null;
  /** The same over approved images. */
  perApproved: number | null;
};

/** What follows from the counts. */
export function figuresOf(numbers: UsageNumbers): Figures {
  const { made, reused, failed, blocked, unknown, approved, charged, maybe } = numbers;
  const images = made + reused;
  const cost = charged + maybe;
  return {
    images,
    cost,
    successRate: ratio(made, made + failed + blocked + unknown),
    perImage: ratio(cost, images),
    perApproved: ratio(cost, approved),
  };
}

/** 0.974 -> "97.4 %"; only all of them are 100 %. */
export function percentWords(share: number): string {
  const tenths = share === 1 ? 1_000 : Math.min(999, Math.round(share * 1_000));
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} %`;
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
