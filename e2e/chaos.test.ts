import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDb } from "@/db";
import { reportLines } from "@/scripts/testing/chaos/print-report";
import { type ChaosReport, runChaos } from "@/scripts/testing/chaos/run-chaos";

// The short form of `npm run bench chaos`; CHAOS_SEED repeats another day.

const SIZE = { seed: Number(process.env.CHAOS_SEED || 7), items: 80, kills: 6 };
const LIMIT_MS = 8 * 60_000;
const HOOK_MS = 15 * 60_000;

let report: ChaosReport;

beforeAll(async () => {
  report = await runChaos({ ...SIZE, limitMs: LIMIT_MS });
}, HOOK_MS);
afterAll(closeDb);

test("six kills, broken connections, events that come twice and a failing provider break no promise", () => {
  expect(report.problems, reportLines(report)).toEqual([]);
});
