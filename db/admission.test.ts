import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isDatabaseDown } from "@/lib/failure";
import { admit } from "./admission";
import { guardTransactions } from "./guard-transactions";
import { createTestDb, type TestDb } from "./test-db";

let testDb: TestDb;
let client: postgres.Sql;
let impatient: postgres.Sql;

beforeAll(async () => {
  testDb = await createTestDb();
  client = pool(60_000);
  impatient = pool(200);
});
afterAll(async () => {
  await Promise.all([client.end(), impatient.end()]);
  await testDb.close();
});

function pool(patienceMs: number) {
  return guardTransactions(admit(postgres(testDb.url, { max: 2 }), { connections: 2, patienceMs }));
}

/** Holds one connection until it is let go. */
function holdConnection() {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let taken = () => {};
  const held = new Promise<void>((resolve) => {
    taken = resolve;
  });
  const ended = impatient.begin(async () => {
    taken();
    await until;
  });
  return { held, ended, letGo };
}

test("with every connection busy a statement and a transaction fail as when the database is away; later ones work", async () => {
  const holders = [holdConnection(), holdConnection()];
  await Promise.all(holders.map(({ held }) => held));
  const waiting = [impatient.unsafe("select 1 as n"), impatient.begin((tx) => tx.unsafe("select 1 as n"))];
  const ends = await Promise.allSettled(waiting);
  expect(ends.map((end) => end.status === "rejected" && isDatabaseDown(end.reason))).toEqual([true, true]);
  for (const { letGo, ended } of holders) {
    letGo();
    await ended;
  }
  expect(await impatient.unsafe("select 1 as n")).toEqual([{ n: 1 }]);
  expect(await impatient.begin((tx) => tx.unsafe("select 2 as n"))).toEqual([{ n: 2 }]);
});

test("a statement that runs for longer than it may wait is left alone", async () => {
  expect(await impatient.unsafe("select 3 as n from pg_sleep(0.5)")).toEqual([{ n: 3 }]);
});

test("more than there are connections for are served one after the other, failed ones too", async () => {
  const many = Array.from({ length: 60 }, (_, at) => [
    client.unsafe("select $1::int as n", [at]),
    client.begin((tx) => tx.unsafe("select $1::int as n", [at])),
    client.unsafe("select nonsense").catch(() => "refused"),
    client.begin(() => Promise.reject(new Error("mine"))).catch(() => "mine"),
  ]).flat();
  const answers = await Promise.all(many);
  expect(answers.filter((one) => one === "refused")).toHaveLength(60);
  expect(answers.filter((one) => one === "mine")).toHaveLength(60);
  expect(await client.unsafe("select 4 as n")).toEqual([{ n: 4 }]);
});

test("a transaction whose connection breaks gives its place back", async () => {
  for (let at = 0; at < 4; at += 1) {
    await client
      .begin((tx) => tx.unsafe("select pg_terminate_backend(pg_backend_pid())"))
      .catch(() => undefined);
  }
  // The driver may tell the first statement of a connection why the one before it ended.
  const both = () => Promise.all([1, 2].map(() => client.begin((tx) => tx.unsafe("select 5 as n"))));
  await expect.poll(() => both().catch(() => [])).toHaveLength(2);
});
