import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./settings.mjs";
import { hashFiles } from "./sources.mjs";

/** What runs outside Next, each bundled into plain JavaScript: started from source it would take three times as long. */
const ENTRIES = {
  worker: "inngest/engine/worker-main.ts",
  pixels: "lib/images/process/child.ts",
  prepare: "scripts/prepare.ts",
  move: "scripts/move/main.ts",
};
const FOLDER = join(PROJECT, ".programs");
const STAMP = join(FOLDER, "sources.json");
export const PROGRAM_SOURCES = [
  "lib",
  "db",
  "inngest",
  "scripts/prepare.ts",
  "scripts/move",
  "scripts/start/programs.mjs",
  "tsconfig.json",
  "package-lock.json",
];
/** Bundled too; other packages are loaded from node_modules. `server-only` throws there. */
const BUNDLED_PACKAGES = ["server-only", "thumbhash", "zod"];

/** Path of a program that `ensurePrograms` wrote. @param {keyof typeof ENTRIES} name */
export function programPath(name) {
  return join(FOLDER, `${name}.cjs`);
}

/** What the programs that are there were made of; undefined when there are none. */
export function programsMade() {
  return existsSync(STAMP) ? readFileSync(STAMP, "utf8") : undefined;
}

/** Bundles the programs when their sources changed. Throws with the place of a mistake in a source. */
export async function ensurePrograms() {
  const wanted = JSON.stringify({ sources: hashFiles(PROGRAM_SOURCES) });
  if (programsMade() === wanted) return;
  mkdirSync(FOLDER, { recursive: true });
  const outputs = await bundle();
  for (const { path, contents } of outputs) replaceFile(path, contents);
  replaceFile(STAMP, wanted);
}

async function bundle() {
  const { build, stop } = await import("esbuild");
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8"));
  const { outputFiles } = await build({
    absWorkingDir: PROJECT,
    entryPoints: ENTRIES,
    outdir: FOLDER,
    // What an import brings in from CommonJS packages, Node finds out by reading their sources; `require` need not.
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    external: Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !BUNDLED_PACKAGES.includes(name),
    ),
    conditions: ["react-server"],
    platform: "node",
    target: "node20.9",
    bundle: true,
    sourcemap: "linked",
    sourcesContent: false,
    write: false,
    logLevel: "silent",
  });
  await stop();
  return outputFiles;
}

/** Whole or not at all, also for a process that reads it at this moment. */
function replaceFile(/** @type {string} */ path, /** @type {string | Uint8Array} */ contents) {
  const part = `${path}.${process.pid}`;
  writeFileSync(part, contents);
  renameSync(part, path);
}
