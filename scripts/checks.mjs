import { spawn } from "node:child_process";
import { join } from "node:path";
import { SPARE_CORES } from "./start/cores.mjs";
import { PROJECT } from "./start/settings.mjs";

/** @typedef {{ name: string, ok: boolean, seconds: number, output: string }} Checked */

const bin = (/** @type {string} */ path) => join(PROJECT, "node_modules", path);
// Each checker works out the types it shares with the others anew: four on two cores take 16 s of CPU, one takes 10.
const TSC = [bin("typescript/bin/tsc"), "--noEmit", "--checkers", String(SPARE_CORES), "-p"];
// The compiler is a Go program that ends with 1 GB: collecting its garbage on the way is a fifth of its work.
const GO = { GOGC: "off", GOMEMLIMIT: "2GiB" };

// Each check is a list of programs for this Node that must all succeed, one after the other.
/** @type {Record<string, string[][]>} */
const CHECKS = {
  "lint and format": [[bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]],
  types: [
    [bin("next/dist/bin/next"), "typegen"],
    [...TSC, "."],
    [...TSC, "scripts"],
  ],
  structure: [[join(PROJECT, "scripts/structure.mjs")]],
  lockfile: [[join(PROJECT, "scripts/check-lock.mjs")]],
  unused: [[join(PROJECT, "scripts/unused.mjs")]],
};

/** Runs every check, also after one failed, and prints how each went. @returns {Promise<Checked[]>} */
export async function runChecks() {
  const results = await Promise.all(
    Object.entries(CHECKS).map(([name, programs]) => runCheck(name, programs)),
  );
  for (const { name, ok, seconds, output } of results) {
    console.log(`${ok ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
    if (!ok) console.log(`${output.trim()}\n`);
  }
  return results;
}

async function runCheck(/** @type {string} */ name, /** @type {string[][]} */ programs) {
  const started = Date.now();
  let output = "";
  let ok = true;
  for (const args of programs) {
    const done = await run(args);
    output += done.output;
    ok = ok && done.code === 0;
    if (!ok) break;
  }
  return { name, ok, output, seconds: Math.round((Date.now() - started) / 100) / 10 };
}

/** @returns {Promise<{ code: number | null, output: string }>} */
function run(/** @type {string[]} */ args) {
  return new Promise((settle) => {
    const child = spawn(process.execPath, args, {
      cwd: PROJECT,
      env: { ...process.env, ...GO, NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.once("close", (code) => settle({ code, output }));
  });
}
