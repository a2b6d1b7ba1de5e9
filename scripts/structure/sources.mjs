import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";

/**
 * @typedef {{ from: string, target: string | undefined, isType: boolean }} Import
 *   target: path in the project of what is imported, undefined for a package
 * @typedef {{ path: string, text: string, lines: number, imports: Import[] }} Source path with forward slashes
 */

const FOLDERS = ["app", "components", "lib", "db", "inngest"];
const ENDINGS = ["", ".ts", ".tsx", ".mjs", "/index.ts", "/index.tsx"];
const IMPORT = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm;
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Every TypeScript file of the product, with what it imports. @param {string} root @returns {Source[]} */
export function readSources(root) {
  return FOLDERS.flatMap((folder) => walk(join(root, folder))).map((file) => {
    const path = relative(root, file).replaceAll("\\", "/");
    const text = readFileSync(file, "utf8");
    return { path, text, lines: text.trimEnd().split("\n").length, imports: importsOf({ root, path, text }) };
  });
}

function importsOf(/** @type {{ root: string, path: string, text: string }} */ { root, path, text }) {
  /** @type {Import[]} */
  const found = [];
  for (const [, type, from = ""] of text.matchAll(IMPORT)) {
    found.push({ from, target: resolveImport({ root, path, from }), isType: type !== undefined });
  }
  for (const [, from = ""] of text.matchAll(DYNAMIC)) {
    // A dynamic import may close a circle on purpose: it runs later.
    found.push({ from, target: undefined, isType: false });
  }
  return found;
}

function resolveImport(/** @type {{ root: string, path: string, from: string }} */ { root, path, from }) {
  if (!from.startsWith("@/") && !from.startsWith(".")) return undefined;
  const base = from.startsWith("@/") ? from.slice(2) : posix.join(dirname(path), from);
  const isFile = (/** @type {string} */ name) =>
    existsSync(join(root, name)) && statSync(join(root, name)).isFile();
  return ENDINGS.map((ending) => posix.normalize(base + ending)).find(isFile);
}

/** @returns {string[]} */
function walk(/** @type {string} */ folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
