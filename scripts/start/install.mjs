import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SPARE_CORES } from "./cores.mjs";
import { runProgram } from "./program.mjs";
import { PROJECT } from "./settings.mjs";

/**
 * Installs the packages of package-lock.json unless they are there.
 * @param {{ logFile: string, abort?: AbortSignal }} options
 */
export async function ensurePackages({ logFile, abort }) {
  const modules = join(PROJECT, "node_modules");
  const stamp = join(modules, ".contact-sheet.json");
  const wanted = wantedStamp();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (!matchesLock(modules)) {
    const npm = process.env.npm_execpath;
    const isScript = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm);
    await runProgram({
      title: "Installing packages (first start and after updates, about a minute)",
      command: isScript ? process.execPath : "npm",
      // The build needs the development packages too, also where NODE_ENV=production is set.
      args: [
        ...(isScript ? [npm] : []),
        "ci",
        "--include=dev",
        "--include=optional",
        "--no-audit",
        "--no-fund",
      ],
      // They write 38,000 files: four of them (what Node does by itself) on two cores mostly wake each other, and take
      // 41 s, one takes 36.
      env: { UV_THREADPOOL_SIZE: String(SPARE_CORES), ...process.env },
      logFile,
      abort,
      failure:
        "The packages could not be installed. What is there already was kept.\n" +
        "Check the connection to the npm registry and the space on the disk, then start again. npm said:",
    });
  }
  writeFileSync(stamp, wanted);
}

function wantedStamp() {
  const lock = readFileSync(join(PROJECT, "package-lock.json"));
  const sha256 = createHash("sha256").update(lock).digest("hex");
  return JSON.stringify({ lock: sha256, platform: `${process.platform}-${process.arch}` });
}

// npm writes what it installed into node_modules at the very end, so a cut-off install never matches.
function matchesLock(/** @type {string} */ modules) {
  const installed = readPackages(join(modules, ".package-lock.json"));
  const locked = readPackages(join(PROJECT, "package-lock.json"));
  if (!installed || !locked) return false;
  const has = (/** @type {string} */ path) => existsSync(join(PROJECT, path, "package.json"));
  return Object.entries(locked).every(
    ([path, { version, optional }]) =>
      path === "" || (installed[path] ? installed[path].version === version && has(path) : optional === true),
  );
}

/** @returns {Record<string, { version?: string, optional?: boolean }> | undefined} */
function readPackages(/** @type {string} */ path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}
