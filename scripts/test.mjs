import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { freemem, setPriority, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { isAlive } from "./processes.mjs";
import { ensureBuild } from "./start/build.mjs";
import { ensurePackages } from "./start/install.mjs";
import { PROJECT } from "./start/settings.mjs";
import { wordsFor } from "./start/trouble.mjs";

/** @typedef {{ part: string, passed: number, failed: number, skipped: number, seconds: number }} Count */

/** All parts at once hold about 3 GB; a machine with little more runs them one after the other. */
const TOGETHER_BYTES = 6_000_000_000;

/** Everything the tests leave meanwhile is less than 2 GB. */
const SPARE_BYTES = 8_000_000_000;

const started = Date.now();
const scratch = makeScratch();
// Databases lie in it, and root lends Postgres another account.
chmodSync(scratch, 0o755);
const logs = join(PROJECT, ".data", "logs");

/** @type {Count[]} */
const counts = [];
const isInstalled = await counted("install", () =>
  tried(() => ensurePackages({ logFile: join(logs, "install.log") })),
);
if (isInstalled) {
  // The others go through their tests one by one; these fill what they leave of the cores.
  const computed = () => counted("unit and integration", () => vitest("unit*", { niceness: 2 }));
  if (totalmem() > TOGETHER_BYTES) await Promise.all([checkedAndTried(), computed()]);
  else for (const part of [checkedAndTried, computed]) await part();
}
rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
report();

/** A folder of this run's own; those of runs that were ended go: memory nobody gives back is gone until the next boot. */
function makeScratch() {
  const home = scratchHome();
  for (const name of readdirSync(home)) {
    const of = /^contact-sheet-npm-test-(\d+)-/.exec(name);
    if (!of || isAlive(Number(of[1]))) continue;
    try {
      rmSync(join(home, name), { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // Somebody else's.
    }
  }
  return mkdtempSync(join(home, `contact-sheet-npm-test-${process.pid}-`));
}

/** Memory, where there is plenty: databases and photos come and go by the thousand files, which a disk takes its time for. */
function scratchHome() {
  const memory = "/dev/shm";
  if (process.env.TMPDIR || !existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  const spare = Math.min(bavail * bsize, process.availableMemory?.() ?? freemem());
  return spare > SPARE_BYTES ? memory : tmpdir();
}

async function checkedAndTried() {
  // Before the build: it rewrites type declarations that the checks read.
  await counted("checks", checks);
  const isBuilt = await counted("build", () =>
    tried(() => ensureBuild({ logFile: join(logs, "build.log") })),
  );
  if (!isBuilt) return;
  await Promise.all([
    counted("browser", () => vitest("e2e")),
    counted("over HTTP", () => vitest("http")),
    counted("crashes", () => vitest("crashes")),
  ]);
}

async function checks() {
  const { runChecks } = await import("./checks.mjs");
  const results = await runChecks();
  const passed = results.filter(({ ok }) => ok).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/** One step that either works or says why not. */
async function tried(/** @type {() => Promise<void>} */ work) {
  try {
    await work();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.error(wordsFor(error));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Runs one project of vitest.config.ts; its JSON report says how many tests there were. */
async function vitest(
  /** @type {"unit*" | "e2e" | "http" | "crashes"} */ project,
  /** @type {{ niceness?: number }} */ { niceness = 0 } = {},
) {
  const report = join(scratch, `${project.replace("*", "")}.json`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const code = await new Promise((settle) => {
    const child = spawn(process.execPath, [join(PROJECT, "node_modules/vitest/vitest.mjs"), ...args], {
      cwd: PROJECT,
      env: { ...process.env, TMPDIR: scratch },
      // Through pipes, or each of several at once would redraw the terminal as if it were alone there.
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (child.pid && niceness > 0) setPriority(child.pid, niceness);
    child.stdout.pipe(process.stdout, { end: false });
    child.stderr.pipe(process.stderr, { end: false });
    child.once("close", settle);
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, "utf8"));
  const passed = result.numPassedTests;
  // A file that does not load and an error outside any test have no failed test to count.
  const unloaded = result.testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const failed = result.numFailedTests + unloaded;
  const skipped = result.numPendingTests + result.numTodoTests;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}

async function counted(
  /** @type {string} */ part,
  /** @type {() => Promise<{ passed: number, failed: number, skipped: number }>} */ work,
) {
  const from = Date.now();
  const count = await work();
  counts.push({ part, ...count, seconds: Math.round((Date.now() - from) / 1000) });
  return count.failed === 0;
}

function report() {
  console.log("");
  for (const { part, passed, failed, skipped, seconds } of counts) {
    const more = skipped > 0 ? `, ${skipped} skipped` : "";
    console.log(`${part.padEnd(22)} ${passed} passed, ${failed} failed${more} (${seconds} s)`);
  }
  console.log(`all in ${Math.round((Date.now() - started) / 1000)} s\n`);
  const sum = (/** @type {"passed" | "failed"} */ key) =>
    counts.reduce((total, count) => total + count[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  process.exit(sum("failed") > 0 ? 1 : 0);
}
