import { IMAGES, type Measured, measure, PER_MINUTE } from "./limiter/measure";
import { waiting } from "./limiter/waiting";

type Line = { name: string; figure: string; reference: string; ratio: number; must: string };

/** BENCH_LIMITER="refusals waiting" runs only these. */
const CASES: Record<string, () => Promise<Line[]>> = {
  known: () => paced("limit known", "<= 1.05", { told: PER_MINUTE }),
  headers: () => paced("limit in headers", "<= 1.25", { told: null, headers: true }),
  refusals: () => paced("limit in refusals", "<= 1.25", { told: null }),
  shared: () => paced("two workers and sessions", "<= 1.05", { told: PER_MINUTE, sessions: 2, workers: 2 }),
  waiting: statements,
};

export async function run() {
  const wanted = process.env.BENCH_LIMITER?.split(/[\s,]+/).filter(Boolean) ?? Object.keys(CASES);
  const lines = [];
  for (const name of wanted) {
    const one = CASES[name];
    if (!one) throw new Error(`BENCH_LIMITER names ${name}; there are ${Object.keys(CASES).join(", ")}`);
    lines.push(...(await one()));
  }
  return lines;
}

async function paced(what: string, must: string, setup: Parameters<typeof measure>[0]): Promise<Line[]> {
  const run = await measure(setup);
  return [
    {
      name: `makespan, ${what}`,
      figure: `${run.seconds.toFixed(1)} s`,
      reference: `${run.ideal.toFixed(1)} s`,
      ratio: run.seconds / run.ideal,
      must,
    },
    {
      name: `429s, ${what}`,
      figure: `${run.refused}`,
      reference: `${IMAGES} images`,
      ratio: run.refused / IMAGES,
      must: "<= 0.01",
    },
    {
      name: `items failed, ${what}`,
      figure: `${run.failed}`,
      reference: "0",
      ratio: run.failed,
      must: "<= 0",
    },
    ...(setup.sessions ? fairness(run) : []),
  ];
}

function fairness({ unfair, leastBusy }: Measured): Line[] {
  return [
    {
      name: "unfairness between two sessions",
      figure: "of their shares at half time",
      reference: "0",
      ratio: unfair,
      must: "<= 0.1",
    },
    {
      name: "work of the less busy process of two",
      figure: "of all items in hand",
      reference: "0.5",
      ratio: leastBusy,
      must: ">= 0.25",
    },
  ];
}

async function statements(): Promise<Line[]> {
  const { perSecond, frames } = await waiting();
  return [
    {
      name: "statements a second, 5,000 waiting",
      figure: `${perSecond.toFixed(2)}, of these ${frames.toFixed(2)} begin or commit`,
      reference: "5",
      ratio: perSecond,
      must: "<= 5",
    },
  ];
}
