import { reportLines } from "@/scripts/testing/chaos/print-report";
import { runChaos } from "@/scripts/testing/chaos/run-chaos";

const LIMIT_MS = 30 * 60_000;

/** CHAOS_SEED repeats the kills, faults and drops of an earlier run; moments within a process are its own. */
export async function run() {
  const seed = wholeNumber("CHAOS_SEED", Date.now() % 1_000_000);
  const items = wholeNumber("CHAOS_ITEMS", 500);
  const kills = wholeNumber("CHAOS_KILLS", 20);
  console.log(`seed ${seed}`);
  const report = await runChaos({ seed, items, kills, limitMs: LIMIT_MS });
  console.log(`\n${reportLines(report)}\n`);
  const { problems, figures } = report;
  return [
    {
      name: "broken promises",
      figure: `${problems.length}, seed ${figures.seed}`,
      reference: `${items} items, ${kills} kills`,
      ratio: problems.length,
      must: "<= 0",
    },
  ];
}

function wholeNumber(name: string, fallback: number): number {
  const value = Number(process.env[name] || fallback);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Error(`${name} is ${process.env[name]}; it must be a whole number`);
}
