import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { capLog, errorPrinter, openLog } from "./logs.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contact-sheet-logs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("keeps a log and the one before it, each about as long as the limit", () => {
  const path = join(folder, "web.log");
  const log = openLog(path, 100);
  for (let line = 0; line < 50; line++) log.write(`line ${line} of the log\n`);
  log.close();
  expect(statSync(path).size).toBeLessThan(130);
  expect(statSync(`${path}.1`).size).toBeLessThan(130);
  expect(readFileSync(path, "utf8")).toMatch(/line 49 of the log\n$/);
});

it("cuts a log that another program writes, and keeps what was in it", () => {
  const path = join(folder, "postgres.log");
  writeFileSync(path, "x".repeat(101));
  capLog(path, 100);
  expect(statSync(path).size).toBe(0);
  expect(statSync(`${path}.1`).size).toBe(101);
});

it("shows errors on the terminal with their request id, keeps the rest for the file, and cuts a flood", () => {
  const said: string[] = [];
  const print = errorPrinter({
    name: "web",
    logPath: "web.log",
    say: (line) => void said.push(line),
    everything: false,
  });
  print('{"level":"info","message":"fine"}', "out");
  print("Ready in 76 ms", "out");
  print('{"level":"error","message":"Storage is full","error":"Error: ENOSPC","requestId":"r1"}', "err");
  print("a stack without form", "err");
  expect(said).toEqual(["web: Storage is full: Error: ENOSPC (request r1)", "web: a stack without form"]);
  for (let line = 0; line < 100; line++) print("again", "err");
  expect(said).toHaveLength(20);
  expect(said.at(-1)).toBe("web: more in web.log");
});
