import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./program.mjs";
import { PROJECT } from "./settings.mjs";

const SOURCES = [
  ...["app", "components", "lib", "db", "inngest", "public"],
  ...["next.config.ts", "postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"],
  ...["proxy.ts", "instrumentation.ts", "instrumentation-client.ts"],
];
/** A build holds these (docs/deploy.md). */
const BUILT_IN = ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "DEPLOYMENT_ID"];
const READ_WHOLE_BYTES = 1_000_000;

/**
 * Builds the web application when its sources changed since the last build.
 * @param {{ logFile: string, abort?: AbortSignal, force?: boolean }} options
 */
export async function ensureBuild({ logFile, abort, force = false }) {
  const folder = join(PROJECT, process.env.NEXT_DIST_DIR || ".next");
  const stamp = join(folder, "contact-sheet-build.json");
  const wanted = JSON.stringify({ sources: hashSources() });
  const isBuilt =
    existsSync(stamp) && existsSync(join(folder, "BUILD_ID")) && readFileSync(stamp, "utf8") === wanted;
  if (isBuilt && !force) return;
  rmSync(stamp, { force: true });
  await runProgram({
    title: "Building (first start and after changes, about half a minute)",
    command: process.execPath,
    args: [join(PROJECT, "node_modules/next/dist/bin/next"), "build"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    logFile,
    abort,
    failure: "The build failed. Your data was not touched. It said:",
  });
  writeFileSync(stamp, wanted);
}

function hashSources() {
  const hash = createHash("sha256");
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith("NEXT_PUBLIC_") || BUILT_IN.includes(name)) hash.update(`${name}=${value}\n`);
  }
  for (const source of SOURCES) addTo(hash, source);
  return hash.digest("hex");
}

function addTo(/** @type {import("node:crypto").Hash} */ hash, /** @type {string} */ path) {
  const full = join(PROJECT, path);
  if (!existsSync(full) || /\.test\.tsx?$/.test(path)) return;
  const facts = statSync(full);
  if (facts.isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, join(path, name));
    return;
  }
  hash.update(`${path}\0${facts.size}\0`);
  hash.update(facts.size > READ_WHOLE_BYTES ? String(facts.mtimeMs) : readFileSync(full));
}
