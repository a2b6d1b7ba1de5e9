import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { scopesOf, withAddresses } from "./addresses.mjs";
import { SPARE_CORES } from "./cores.mjs";
import { runProgram } from "./program.mjs";
import { PROJECT } from "./settings.mjs";
import { Trouble } from "./trouble.mjs";

const LOCK = join(PROJECT, "package-lock.json");
/** npm reads this one instead of the lock while it is there. */
const ADDRESSED_LOCK = join(PROJECT, "npm-shrinkwrap.json");
/** What npm says when the registry knows no such address, or has something else there. */
const OTHER_ADDRESSES = /npm error code (E4\d\d|EINTEGRITY)/;

/** @typedef {{ logFile: string, abort?: AbortSignal }} Options */

/**
 * Installs the packages of package-lock.json unless they are there.
 * @param {Options} options
 */
export async function ensurePackages(options) {
  // Left by one that was ended: npm would take it for the lock from then on.
  rmSync(ADDRESSED_LOCK, { force: true });
  const modules = join(PROJECT, "node_modules");
  const stamp = join(modules, ".contact-sheet.json");
  const wanted = wantedStamp();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (!matchesLock(modules)) await installAll(options);
  writeFileSync(stamp, wanted);
}

/**
 * The lock has no addresses, and npm would ask the registry to describe each package before it fetches it: twice the
 * requests, and 36 s instead of 20 on two cores. Where they
 * cannot be worked out, or the registry lays its packages out otherwise, npm goes its own way.
 */
async function installAll(/** @type {Options} */ options) {
  try {
    await writeAddressedLock();
    return await runNpm(options);
  } catch (error) {
    if (error instanceof Trouble && !OTHER_ADDRESSES.test(error.message)) throw error;
  } finally {
    rmSync(ADDRESSED_LOCK, { force: true });
  }
  await runNpm(options);
}

async function writeAddressedLock() {
  const lock = JSON.parse(readFileSync(LOCK, "utf8"));
  writeFileSync(ADDRESSED_LOCK, JSON.stringify(withAddresses(lock, await readRegistries(scopesOf(lock)))));
}

/** The addresses of the registries npm is set up for, by scope, "" for all others. */
async function readRegistries(/** @type {string[]} */ scopes) {
  const keys = ["registry", ...scopes.map((scope) => `${scope}:registry`)];
  const { command, args } = npm(["config", "get", ...keys]);
  const { stdout } = await promisify(execFile)(command, args, { cwd: PROJECT });
  const found = [...stdout.matchAll(/^(?:(@[^:]+):)?registry=(https?:\/\/\S+)$/gm)];
  /** @type {Record<string, string>} */
  const registries = Object.fromEntries(found.map(([, scope = "", address = ""]) => [scope, address]));
  if (!registries[""]) throw new Error("npm does not name its registry");
  return registries;
}

async function runNpm(/** @type {Options} */ { logFile, abort }) {
  await runProgram({
    title: "Installing packages (first start and after updates, about half a minute)",
    // The build needs the development packages too, also where NODE_ENV=production is set.
    ...npm(["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"]),
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

/** How to run the npm that runs this, else the one that is found. */
function npm(/** @type {string[]} */ args) {
  const script = process.env.npm_execpath;
  const isScript = script !== undefined && /npm-cli\.[cm]?js$/.test(script);
  return isScript ? { command: process.execPath, args: [script, ...args] } : { command: "npm", args };
}

function wantedStamp() {
  const lock = readFileSync(LOCK);
  const sha256 = createHash("sha256").update(lock).digest("hex");
  return JSON.stringify({ lock: sha256, platform: `${process.platform}-${process.arch}` });
}

// npm writes what it installed into node_modules at the very end, so a cut-off install never matches.
function matchesLock(/** @type {string} */ modules) {
  const installed = readPackages(join(modules, ".package-lock.json"));
  const locked = readPackages(LOCK);
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
