import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./program.mjs";
import { ensurePrograms, PROGRAM_SOURCES, programsMade } from "./programs.mjs";
import { PROJECT } from "./settings.mjs";
import { hashFiles } from "./sources.mjs";

const SOURCES = [
  ...PROGRAM_SOURCES,
  ...["app", "components", "public"],
  ...["next.config.ts", "postcss.config.mjs", "package.json"],
  ...["proxy.ts", "instrumentation.ts", "instrumentation-client.ts"],
];
/** A build holds these (docs/deploy.md). */
const BUILT_IN = ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "DEPLOYMENT_ID"];

/**
 * Builds the programs and the web application when their sources changed since the last build.
 * @param {{ logFile: string, abort?: AbortSignal, force?: boolean }} options
 */
export async function ensureBuild({ logFile, abort, force = false }) {
  const folder = join(PROJECT, process.env.NEXT_DIST_DIR || ".next");
  const stamp = join(folder, "contact-sheet-build.json");
  const sources = hashSources();
  const wanted = () => JSON.stringify({ sources, programs: programsMade() });
  const isBuilt = () =>
    existsSync(stamp) && existsSync(join(folder, "BUILD_ID")) && readFileSync(stamp, "utf8") === wanted();
  if (!force && isBuilt()) return;
  // First: Next lists the one that reads pictures among the files of a route (next.config.ts).
  await ensurePrograms();
  if (!force && isBuilt()) return;
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
  writeFileSync(stamp, wanted());
}

function hashSources() {
  const settings = Object.entries(process.env)
    .filter(([name]) => name.startsWith("NEXT_PUBLIC_") || BUILT_IN.includes(name))
    .sort()
    .map(([name, value]) => `${name}=${value}`);
  return hashFiles(SOURCES, settings);
}
