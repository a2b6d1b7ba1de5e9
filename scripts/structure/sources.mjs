import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";

/**
 * @typedef {{ from: string, target: string | undefined, isType: boolean, isDynamic: boolean }} Import
 *   target: path in the project of what is imported, undefined for a package
 * @typedef {{ path: string, text: string, lines: number, imports: Import[] }} Source path with forward slashes
 */

const HOUSE = ["app", "components", "lib", "db", "inngest"];
const ENDINGS = ["", ".ts", ".tsx", ".mjs", "/index.ts", "/index.tsx"];
const IMPORT = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm;
// What runs later or in a process of its own: import("./x"), new URL("./x.ts", import.meta.url).
const DYNAMIC = /\b(?:import|URL)\(\s*["']([^"']+)["']\s*[),]/g;

// A file that is started as a process is named by its path.
const NAMED = /["'`]((?:lib|inngest|db)\/[\w./-]+\.ts)["'`]/g;

/**
 * Every source file in the folders, with what it imports; "." for the files beside them.
 * @param {string} root
 * @returns {Source[]}
 */
export function readSources(root, folders = HOUSE) {
  return folders
    .flatMap((folder) => walk(join(root, folder), folder !== "."))
    .map((file) => {
      const path = relative(root, file).replaceAll("\\", "/");
      const text = readFileSync(file, "utf8");
      return {
        path,
        text,
        lines: text.trimEnd().split("\n").length,
        imports: importsOf({ root, path, text }),
      };
    });
}

function importsOf(/** @type {{ root: string, path: string, text: string }} */ { root, path, text }) {
  /** @type {Import[]} */
  const found = [];
  for (const [, type, from = ""] of text.matchAll(IMPORT)) {
    found.push({
      from,
      target: resolveImport({ root, path, from }),
      isType: type !== undefined,
      isDynamic: false,
    });
  }
  for (const [, from = ""] of text.matchAll(DYNAMIC)) {
    found.push({ from, target: resolveImport({ root, path, from }), isType: false, isDynamic: true });
  }
  for (const [, named = ""] of text.matchAll(NAMED)) {
    const from = `@/${named}`;
    found.push({ from, target: resolveImport({ root, path, from }), isType: false, isDynamic: true });
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
function walk(/** @type {string} */ folder, deep = true) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return deep ? walk(path) : [];
    return /\.(tsx?|mjs)$/.test(entry.name) ? [path] : [];
  });
}
