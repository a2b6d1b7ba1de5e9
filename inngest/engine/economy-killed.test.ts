import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb, type TestDb } from "@/db/test-db";
import { auditMoney } from "@/lib/usage/queries/audit-money";
import { programPath } from "@/scripts/start/programs.mjs";
import {
  attemptsOf,
  buryWorkers,
  connectEnv,
  disconnectEnv,
  startEconomy,
} from "@/scripts/testing/economy-rig";
import { sessionRow } from "@/scripts/testing/factories";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";

// A real worker and a real kill -9, while a call to the provider is under way.

let testDb: TestDb;
let fake: FakeProvider;
let worker: ChildProcess;

beforeAll(async () => {
  testDb = await createTestDb();
  fake = await startFakeProvider({ pictures: "tiny" });
  connectEnv(fake);
});
afterAll(async () => {
  await kill();
  await fake.close();
  disconnectEnv();
  await testDb.close();
});

function start() {
  worker = spawn(process.execPath, [programPath("worker")], {
    env: { ...process.env, LOG_LEVEL: "error" },
    stdio: "inherit",
  });
}

async function kill() {
  const isOver = worker.exitCode !== null || worker.signalCode !== null;
  const gone = isOver ? null : once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

/** A lease of a minute is over at once. */
async function killAndStartAnother() {
  await kill();
  await buryWorkers();
  start();
}

const SLOW = { times: 1, latencyMs: 20_000 };
const callsTo = (way: RegExp) =>
  fake.calls().filter(({ method, path }) => way.test(`${method} ${path}`)).length;

test("killed while images go out, while the order is given and while results come in: each image is paid for once", async () => {
  fake.script(
    { path: "/v1/files", method: "POST", ...SLOW },
    { path: "/v1/batches", method: "POST", ...SLOW },
    { path: "/v1/files/*/content", method: "GET", ...SLOW },
  );
  const { sessionId } = await startEconomy({ count: 3 });
  start();
  for (const way of [/^POST .*\/files$/, /^POST .*\/batches$/, /^GET .*\/content$/]) {
    await expect.poll(() => callsTo(way)).toBe(1);
    await killAndStartAnother();
  }
  await expect.poll(async () => (await sessionRow(sessionId)).state).toBe("finished");
  expect(await sessionRow(sessionId)).toMatchObject({ completedCount: 3, reserved: 0, maybeSpend: 0 });
  expect(fake.batches()).toHaveLength(1);
  const charged = fake.imageCalls().filter((call) => call.charged);
  expect(charged.map(({ clientRequestId }) => clientRequestId).toSorted()).toEqual(
    (await attemptsOf(sessionId)).map(({ id }) => id).toSorted(),
  );
  expect(await auditMoney()).toEqual([]);
});
