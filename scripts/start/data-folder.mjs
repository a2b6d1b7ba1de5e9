import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Trouble } from "./trouble.mjs";

/** Makes the folder everything of an installation lies in, or says what is wrong with it. @param {string} dataDir */
export function prepareDataFolder(dataDir) {
  checkDataFolder(dataDir);
  try {
    // Root lends Postgres another account, which must get through this folder to its own.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    mkdirSync(join(dataDir, "logs"), { recursive: true, mode: 0o700 });
    const trial = join(dataDir, `.writable-${process.pid}`);
    writeFileSync(trial, "");
    rmSync(trial);
  } catch (error) {
    throw new Trouble(notWritable(dataDir, error));
  }
}

/** The same checks without touching anything. @param {string} dataDir */
export function checkDataFolder(dataDir) {
  if (!existsSync(dataDir)) return;
  if (!statSync(dataDir).isDirectory()) {
    throw new Trouble(
      `${dataDir} is a file, but Contact Sheet keeps its data in a folder of that name. Nothing was changed.\n` +
        "Move the file away, or name another folder: DATA_DIR=/path/to/folder npm start",
    );
  }
  try {
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Trouble(notWritable(dataDir, error));
  }
}

/**
 * The secrets of this installation, made once. Losing them signs everybody out.
 * @param {string} dataDir
 * @returns {Record<string, string>}
 */
export function readSecrets(dataDir) {
  const path = join(dataDir, "secrets.json");
  const known = existsSync(path) ? parseSecrets(path) : {};
  const secrets = {
    NEXTAUTH_SECRET: randomBytes(48).toString("base64url"),
    ENCRYPTION_KEY: randomBytes(32).toString("base64url"),
    ...known,
  };
  if (Object.keys(secrets).length > Object.keys(known).length) {
    writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return secrets;
}

function parseSecrets(/** @type {string} */ path) {
  try {
    /** @type {Record<string, string>} */
    const secrets = JSON.parse(readFileSync(path, "utf8"));
    if (Object.values(secrets).every((value) => typeof value === "string")) return secrets;
  } catch {
    // Said below.
  }
  throw new Trouble(
    `${path} cannot be read as JSON. Nothing was changed.\n` +
      "Put it back from a backup, or delete it: new secrets are made and everybody signs in again.",
  );
}

function notWritable(/** @type {string} */ dataDir, /** @type {unknown} */ error) {
  const reason = error instanceof Error ? error.message : String(error);
  return (
    `Contact Sheet cannot write to ${dataDir} (${reason}).\n` +
    "Make the folder writable for this user, free space if the disk is full, or name another one: DATA_DIR=/path/to/folder npm start"
  );
}
