import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { copyNative, packageNative } from "./native.mjs";

/**
 * @typedef {object} Place
 * @property {string} native folder with bin, lib and share
 * @property {string} data the cluster's folder
 * @property {string} home folder the cluster lies in
 * @property {{ uid?: number, gid?: number }} account who runs it; empty: the current user
 */

// Postgres refuses to run as root, so root lends it an account. That account must be able to reach the
// binaries and the data, which it cannot in a folder only root may enter.
const PUBLIC_HOMES = ["/var/lib/contact-sheet", "/var/tmp/contact-sheet"];
const ACCOUNTS = ["postgres", "_postgres", "nobody"];
const NOBODY = 65534;

/**
 * Where the database of one data folder lives and who runs it.
 * @param {string} dataDir
 * @returns {Place}
 */
export function findPlace(dataDir) {
  const isRoot = process.getuid?.() === 0;
  const shipped = packageNative();
  if (!isRoot) {
    return {
      native: usableNative(shipped, {}, join(dataDir, "native")),
      data: join(dataDir, "postgres"),
      home: dataDir,
      account: {},
    };
  }
  const home = homeFor(dataDir);
  const account = accountFor(join(home, "postgres"));
  chmodSync(home, 0o711);
  const native = usableNative(shipped, account, join(publicHome(), "native"));
  return { native, data: join(home, "postgres"), home, account };
}

/** Removes the folder outside `dataDir` that a place may have made; for throw-away databases. */
export function forgetPlace(/** @type {Place} */ place, /** @type {string} */ dataDir) {
  if (place.home !== dataDir) rmSync(place.home, { recursive: true, force: true });
}

function homeFor(/** @type {string} */ dataDir) {
  const marker = join(dataDir, "postgres.where.json");
  const known = readMarker(marker);
  if (known && existsSync(join(known.home, "postgres"))) {
    // A copied folder brings the marker along; two installations must not share one database.
    const isCopy = known.dataDir !== dataDir && existsSync(join(known.dataDir, "postgres.where.json"));
    if (!isCopy) return known.home;
  }
  if (existsSync(join(dataDir, "postgres", "PG_VERSION")) || everyoneMayEnter(dirname(dataDir)))
    return dataDir;
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const home = join(publicHome(), name);
  mkdirSync(home, { recursive: true, mode: 0o711 });
  writeFileSync(marker, `${JSON.stringify({ home, dataDir }, null, 2)}\n`, { mode: 0o600 });
  return home;
}

function readMarker(/** @type {string} */ path) {
  if (!existsSync(path)) return undefined;
  try {
    const { home, dataDir } = JSON.parse(readFileSync(path, "utf8"));
    return typeof home === "string" && typeof dataDir === "string" ? { home, dataDir } : undefined;
  } catch {
    return undefined;
  }
}

function publicHome() {
  for (const path of PUBLIC_HOMES) {
    try {
      mkdirSync(path, { recursive: true, mode: 0o755 });
      chmodSync(path, 0o755);
      if (everyoneMayEnter(path)) return path;
    } catch {
      // The next candidate may be writable.
    }
  }
  throw new Error(
    `Postgres does not run as root, and no folder outside this one can be used for its data (${PUBLIC_HOMES.join(", ")}).\n` +
      "Run Contact Sheet as an ordinary user, or move the project to a folder every user may enter.",
  );
}

function everyoneMayEnter(/** @type {string} */ path) {
  for (let current = resolve(path); ; current = dirname(current)) {
    if (existsSync(current) && (statSync(current).mode & 0o001) === 0) return false;
    if (current === dirname(current)) return true;
  }
}

function accountFor(/** @type {string} */ data) {
  if (existsSync(data)) {
    const { uid, gid } = statSync(data);
    if (uid !== 0) return { uid, gid };
  }
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  for (const name of ACCOUNTS) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (uid > 0 && gid >= 0) return { uid, gid };
  }
  return { uid: NOBODY, gid: NOBODY };
}

function usableNative(
  /** @type {string} */ shipped,
  /** @type {Place["account"]} */ account,
  /** @type {string} */ copies,
) {
  return runs(shipped, account) ? shipped : copyNative(shipped, copies);
}

function runs(/** @type {string} */ native, /** @type {Place["account"]} */ account) {
  const tried = spawnSync(join(native, "bin", "initdb"), ["--version"], {
    ...account,
    cwd: "/",
    stdio: "ignore",
  });
  return tried.status === 0;
}
