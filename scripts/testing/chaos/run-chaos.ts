import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { joinDatabase } from "@/e2e/owned-sessions";
import { auditRun } from "./audit/audit";
import { type Facts, readRows } from "./audit/facts";
import { countTwice, dropConnections, isQuiet } from "./disturb";
import { type Figures, figuresOf } from "./figures";
import { planKills } from "./plan-kills";
import { strike } from "./processes";
import { beginChaos, fillSession, type Rig, startRig, TIMEOUT_MS } from "./rig";
import type { ChaosSize, Problem, Strike } from "./types";
import { SessionWatch } from "./watch-session";

/** Late repeats are waited for this long; what is left then is for the audit to see. */
const QUIET_MS = 30_000;

export type ChaosReport = { figures: Figures; problems: Problem[] };

/**
 * Runs a session of paid calls while web, worker and Postgres are killed with -9, connections break, every event comes
 * twice and the provider has a bad day; then audits rows, provider's log and stored files. `limitMs`: after this it is
 * taken for stuck.
 */
export async function runChaos({ limitMs, ...size }: ChaosSize & { limitMs: number }): Promise<ChaosReport> {
  const rig = await startRig(size.seed);
  try {
    const sessionId = await fillSession(rig, size.items);
    await beginChaos(rig, sessionId);
    const watch = new SessionWatch(rig.client, sessionId);
    const ran = await endure(rig, watch, { size, limitMs });
    await untilQuiet(rig);
    await watch.stop();
    return await judge(rig, { sessionId, size, watch, ...ran });
  } finally {
    await rig.stop();
  }
}

type Ran = { strikes: Strike[]; dropped: number; seconds: number };

async function endure(
  rig: Rig,
  watch: SessionWatch,
  { size, limitMs }: { size: ChaosSize; limitMs: number },
): Promise<Ran> {
  const started = Date.now();
  const goesOn = () => watch.state === "running" && Date.now() - started < limitMs;
  const ending = new AbortController();
  const drops = dropConnections({ database: rig.database, seed: size.seed, signal: ending.signal });
  const strikes: Strike[] = [];
  for (const { target, after, delayMs } of planKills(size)) {
    while (goesOn() && watch.settled() < after) await sleep(20);
    if (!goesOn()) break;
    await sleep(delayMs);
    strikes.push(await strike(rig, target));
  }
  while (goesOn()) await sleep(100);
  ending.abort();
  return { strikes, dropped: await drops, seconds: (Date.now() - started) / 1_000 };
}

async function untilQuiet({ database }: Rig): Promise<void> {
  for (const until = Date.now() + QUIET_MS; Date.now() < until; await sleep(250)) {
    if (await isQuiet(database)) return;
  }
}

async function judge(
  rig: Rig,
  {
    sessionId,
    size,
    watch,
    ...ran
  }: Ran & {
    sessionId: string;
    size: ChaosSize;
    watch: SessionWatch;
  },
): Promise<ChaosReport> {
  await joinDatabase(rig.app);
  const { dataDir } = rig.app;
  const calls = await rig.provider.calls();
  const facts: Facts = {
    ...(await readRows(sessionId)),
    ...{ size, dataDir, calls, strikes: ran.strikes, timeoutMs: TIMEOUT_MS },
  };
  const twice = await countTwice(rig.database);
  const { apiKey, databaseUrl, providerLog } = rig;
  const texts = { "the terminal": rig.app.output(), "the provider's log": readFileSync(providerLog, "utf8") };
  const missed = size.kills - ran.strikes.length;
  return {
    figures: figuresOf(facts, { ...ran, twice, answeredAt: watch.answeredAt }),
    problems: [
      ...(missed > 0 ? [{ check: "rig", detail: `${missed} of ${size.kills} kills came too late` }] : []),
      ...(twice > 0 ? [] : [{ check: "rig", detail: "no event came twice" }]),
      ...ownDeaths(rig.app.output()),
      ...(await auditRun(facts, watch, { apiKey, databaseUrl, texts })),
    ],
  };
}

/** Whatever breaks around them, web and worker only end when they are killed. */
function ownDeaths(output: string): Problem[] {
  const lines = output.match(/The (web|worker) stopped \((?!SIGKILL).*/g) ?? [];
  return lines.map((line) => ({ check: "deaths", detail: line }));
}
