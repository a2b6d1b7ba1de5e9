import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** @typedef {import("./place.mjs").Place} Place */

export const USER = "sheet";
export const DATABASE = "contact_sheet";

/**
 * Makes the cluster when there is none and checks the one that is there.
 * A cluster appears under its name only when it is whole, so a start cut off half way leaves nothing to trip over.
 * @param {Place} place
 * @param {boolean} durable false: for tests, nothing waits for the disk
 * @returns {{ password: string, isNew: boolean }}
 */
export function ensureCluster(place, durable) {
  if (existsSync(place.data) && readdirSync(place.data).length > 0) {
    checkVersion(place);
    return { password: readPassword(place), isNew: false };
  }
  removeHalfMade(place.home);
  const fresh = join(place.home, `postgres.new-${process.pid}`);
  mkdirSync(fresh, { mode: 0o700 });
  own(fresh, place);
  const password = randomBytes(24).toString("base64url");
  initialise({ place, fresh, password, durable });
  if (existsSync(place.data)) rmdirSync(place.data);
  renameSync(fresh, place.data);
  return { password, isNew: true };
}

function initialise(
  /** @type {{ place: Place, fresh: string, password: string, durable: boolean }} */ {
    place,
    fresh,
    password,
    durable,
  },
) {
  const secret = `${fresh}.password`;
  writeFileSync(secret, password, { mode: 0o600 });
  own(secret, place);
  try {
    run(place, "initdb", [
      `--pgdata=${fresh}`,
      `--username=${USER}`,
      `--pwfile=${secret}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--no-locale",
      ...(durable ? [] : ["--no-sync"]),
    ]);
    run(
      place,
      "postgres",
      ["--single", "-D", fresh, ...(durable ? [] : ["-c", "fsync=off"]), "postgres"],
      `create database ${DATABASE};\n`,
    );
    writeFileSync(join(fresh, "contact-sheet.password"), password, { mode: 0o600 });
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(secret, { force: true });
  }
}

function run(
  /** @type {Place} */ place,
  /** @type {string} */ program,
  /** @type {string[]} */ args,
  input = "",
) {
  const done = spawnSync(join(place.native, "bin", program), args, {
    ...place.account,
    cwd: place.home,
    input,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  if (done.status === 0) return;
  const words = `${done.error?.message ?? ""}${done.stdout ?? ""}${done.stderr ?? ""}`.trim();
  throw new Error(
    `The database could not be prepared in ${place.home} (${program} failed). Nothing was kept.\n${words}`,
  );
}

function checkVersion(/** @type {Place} */ place) {
  const file = join(place.data, "PG_VERSION");
  if (!readable(file)) {
    throw new Error(
      `The database folder ${place.data} is not whole: it has no readable PG_VERSION. Nothing in it was changed.\n` +
        `Put a backup of the folder in its place, run as the user who made it, or start empty: move it away with\n  mv ${place.data} ${place.data}.old`,
    );
  }
  const found = readFileSync(file, "utf8").trim();
  const shipped = spawnSync(join(place.native, "bin", "postgres"), ["--version"], {
    ...place.account,
    cwd: "/",
    encoding: "utf8",
  });
  const major = /(\d+)\.\d+/.exec(shipped.stdout)?.[1];
  if (found === major) return;
  throw new Error(
    `The database in ${place.data} was made by Postgres ${found}; this version of Contact Sheet brings Postgres ${major}. Nothing was changed.\n` +
      "Start the version of Contact Sheet that made it, or set DATABASE_URL to a Postgres you moved the data to.",
  );
}

function readPassword(/** @type {Place} */ place) {
  const file = join(place.data, "contact-sheet.password");
  if (readable(file)) return readFileSync(file, "utf8").trim();
  throw new Error(
    `The database folder ${place.data} has no readable contact-sheet.password. Nothing was changed.\n` +
      `Put the file back from a backup, run as the user who made it, or start empty: move the folder away with\n  mv ${place.data} ${place.data}.old`,
  );
}

function readable(/** @type {string} */ file) {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

function removeHalfMade(/** @type {string} */ home) {
  for (const name of readdirSync(home)) {
    if (name.startsWith("postgres.new-")) rmSync(join(home, name), { recursive: true, force: true });
  }
}

function own(/** @type {string} */ path, /** @type {Place} */ { account }) {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
}
