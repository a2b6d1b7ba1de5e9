import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./settings.mjs";

const READ_WHOLE_BYTES = 1_000_000;

/** One hash over files and folders of the project, tests left out; `facts` are hashed with them. */
export function hashFiles(/** @type {string[]} */ paths, /** @type {string[]} */ facts = []) {
  const hash = createHash("sha256");
  for (const fact of facts) hash.update(`${fact}\n`);
  for (const path of paths) addTo(hash, path);
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
