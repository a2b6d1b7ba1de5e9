import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "./postgres.mjs";
import { ensurePackages } from "./start/install.mjs";
import { ensurePrograms } from "./start/programs.mjs";
import { PROJECT } from "./start/settings.mjs";

/** @typedef {{ name?: string, figure: string | number, reference: string | number, ratio: number, must: string | number }} Line */

const known = readdirSync(join(PROJECT, "bench"))
  .filter((name) => /^[a-z-]+\.ts$/.test(name))
  .map((name) => name.slice(0, -3));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(", ")}. There are: ${known.join(", ")}`);
  process.exit(1);
}

await ensurePackages({ logFile: join(PROJECT, ".data", "logs", "install.log") });
await ensurePrograms();
const rows = [];
for (const name of wanted.length > 0 ? wanted : known) {
  console.log(`${name} ...`);
  rows.push(...(await runBench(name)));
}
print(rows);
process.exit(rows.every((row) => row.ok) ? 0 : 1);

/** Each bench runs in a process of its own, on a fresh database and data folder. */
async function runBench(/** @type {string} */ name) {
  const dataDir = mkdtempSync(join(tmpdir(), "contact-sheet-bench-"));
  const server = await startPostgres({ dataDir });
  const cleanUp = async () => {
    await server.stop();
    server.remove();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const interrupted = () => void cleanUp().then(() => process.exit(130));
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const answer = join(dataDir, "bench.json");
    const env = {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: server.url,
      DATA_DIR: dataDir,
      NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
      NEXTAUTH_URL: "http://localhost:3000",
      BENCH_ANSWER: answer,
    };
    const code = await run(["scripts/prepare.ts"], env).then(
      (failed) => failed || run(["scripts/run-bench.ts", name], env),
    );
    if (code !== 0 || !existsSync(answer))
      return [{ bench: name, figure: "it failed", reference: "", ratio: "", must: "", ok: false }];
    /** @type {Line[]} */
    const lines = JSON.parse(readFileSync(answer, "utf8"));
    return lines.map((line) => ({
      bench: line.name ? `${name}: ${line.name}` : name,
      figure: String(line.figure),
      reference: String(line.reference),
      ratio: String(Math.round(line.ratio * 1000) / 1000),
      must: typeof line.must === "number" ? `>= ${line.must}` : line.must,
      ok: meets(line),
    }));
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await cleanUp();
  }
}

/** @returns {Promise<number>} */
function run(/** @type {string[]} */ args, /** @type {NodeJS.ProcessEnv} */ env) {
  return new Promise((settle) => {
    const child = spawn(process.execPath, ["--import", "tsx", "-C", "react-server", ...args], {
      cwd: PROJECT,
      env,
      stdio: "inherit",
    });
    child.once("close", (code) => settle(code ?? 1));
  });
}

// A number is the least the ratio may be; a text may also say "<= 1.2".
function meets(/** @type {Line} */ { ratio, must }) {
  if (typeof must === "number") return ratio >= must;
  const [, sign, limit] = /^\s*(<=|>=)\s*([\d.]+)/.exec(must) ?? [];
  if (limit === undefined) return false;
  return sign === "<=" ? ratio <= Number(limit) : ratio >= Number(limit);
}

function print(
  /** @type {{ bench: string, figure: string, reference: string, ratio: string, must: string, ok: boolean }[]} */ lines,
) {
  const head = {
    bench: "bench",
    figure: "figure",
    reference: "reference",
    ratio: "ratio",
    must: "must",
    ok: "",
  };
  const table = [head, ...lines.map((line) => ({ ...line, ok: line.ok ? "ok" : "MISSED" }))];
  const keys = /** @type {const} */ (["bench", "figure", "reference", "ratio", "must", "ok"]);
  const widths = keys.map((key) => Math.max(...table.map((line) => line[key].length)));
  console.log("");
  for (const line of table) {
    console.log(
      keys
        .map((key, index) => line[key].padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}
