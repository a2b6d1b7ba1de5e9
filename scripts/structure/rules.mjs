/** @typedef {import("./sources.mjs").Source} Source */
/** @typedef {(source: Source) => (string | undefined | false)[]} Rule */

const LONGEST = 300;
const KEBAB = /^(\[\.{0,3}[a-z][A-Za-z]*\]|\([a-z-]+\)|@?[a-z0-9]+(-[a-z0-9]+)*)$/;
const SAYS_NOTHING = /^(helpers?|utils?|util\d+|misc|common|shared|stuff|hooks)$/;
const NEAR_MISS = new Map(
  Object.entries({
    schema: "schemas",
    type: "types",
    query: "queries",
    mutation: "mutations",
    action: "actions",
    constant: "constants",
  }),
);
const INDEXES = ["db/index.ts", "db/schema/index.ts", "inngest/index.ts", "lib/storage/index.ts"];

// Which layer may import which; the rest of a layer's imports are packages.
/** @type {Record<string, string[]>} */
const MAY_IMPORT = {
  app: ["app", "components", "lib", "inngest"],
  components: ["components", "lib"],
  lib: ["lib", "db"],
  inngest: ["inngest", "lib", "db"],
  db: ["db"],
};
const LIB_SEES_OF_INNGEST = ["inngest/client.ts", "inngest/events.ts"];
const DB_SEES_OF_LIB = /^lib\/(env\.ts|.*\/(types|constants|schemas)\.ts)$/;

/** @type {Record<string, RegExp>} */
const ONLY_IN = {
  sharp: /^lib\/images\//,
  openai: /^lib\/models\//,
  "onnxruntime-node": /^lib\/(models|images)\//,
  "@vercel/blob": /^lib\/storage\//,
  nodemailer: /^lib\/notices\//,
  // A list of half a megabyte that must never reach a browser.
  "@zxcvbn-ts/language-common": /^lib\/auth\/common-passwords\.ts$/,
  "graphile-worker": /^(inngest\/engine\/|db\/)/,
};
const MAY_TOUCH_DB = [
  /^(db|inngest|lib\/auth)\//,
  /^lib\/[a-z-]+\/(queries|mutations)(\.ts|\/)/,
  // Small parts that belong to no noun.
  /^lib\/(audit|events|readiness)\.ts$/,
];

/** @type {Rule[]} */
export const RULES = [names, serverOnly, direction, databaseAccess, vendors, size, barrels];

/** Tests and what only tests use may reach further. @param {string} path */
export function isTest(path) {
  return /\.test\.tsx?$|(^|\/)testing\/|^db\/test-/.test(path);
}

/** @type {Rule} */
function names({ path }) {
  const parts = path.split("/");
  const stem = (parts.at(-1) ?? "").replace(/(\.test|\.d)?\.tsx?$/, "");
  const right = /^lib\/.+\//.test(path) ? NEAR_MISS.get(stem) : undefined;
  return [
    ...[...parts.slice(0, -1), stem].map((part) => !KEBAB.test(part) && `"${part}" is not in kebab-case`),
    SAYS_NOTHING.test(stem) && `"${stem}" says nothing: name the file after what it does`,
    right && `"${stem}" is called "${right}" here`,
    stem === "index" &&
      !isTest(path) &&
      !INDEXES.includes(path) &&
      "only db, db/schema, inngest and lib/storage have an index file",
  ];
}

/** @type {Rule} */
function serverOnly({ path, text }) {
  if (isTest(path)) return [];
  const isData = /^lib\/[a-z-]+\/(queries|mutations)(\.ts|\/)/.test(path);
  const isActions = /^lib\/[a-z-]+\/actions\.ts$/.test(path);
  return [
    isData && !/import "server-only"/.test(text) && 'queries and mutations begin with import "server-only"',
    isActions && !/^"use server"/.test(text) && 'actions.ts begins with "use server"',
    !isActions && /^\s*"use server"/m.test(text) && '"use server" stands only in lib/<noun>/actions.ts',
  ];
}

/** @type {Rule} */
function direction({ path, imports }) {
  const layer = path.split("/")[0] ?? "";
  if (isTest(path)) return [];
  return imports.map(({ target, isType }) => {
    const other = target?.split("/")[0] ?? layer;
    if (target && isTest(target)) return `imports the test file ${target}`;
    if (MAY_IMPORT[layer]?.includes(other) || other === layer) return undefined;
    if (other === "db" && isType) return undefined;
    if (layer === "lib" && target && LIB_SEES_OF_INNGEST.includes(target)) return undefined;
    if (layer === "db" && target && DB_SEES_OF_LIB.test(target)) return undefined;
    return `${layer} may not import ${target ?? other}`;
  });
}

/** @type {Rule} */
function databaseAccess({ path, imports }) {
  if (isTest(path) || MAY_TOUCH_DB.some((place) => place.test(path))) return [];
  return imports.map(
    ({ target, isType }) =>
      target?.startsWith("db/") &&
      !isType &&
      `imports ${target}: only queries and mutations touch the database`,
  );
}

/** @type {Rule} */
function vendors({ path, imports }) {
  if (isTest(path)) return [];
  return imports.map(({ from, isType }) => {
    const name = from
      .split("/")
      .slice(0, from.startsWith("@") ? 2 : 1)
      .join("/");
    const place = ONLY_IN[name];
    return (
      place &&
      !isType &&
      !place.test(path) &&
      `imports ${name}, which belongs to ${place.source.replace(/[\\^]/g, "")}`
    );
  });
}

/** @type {Rule} */
function size({ path, lines }) {
  const isFree = /^(components\/ui|db\/schema)\//.test(path) || isTest(path);
  return [
    !isFree && lines > LONGEST && `has ${lines} lines, more than ${LONGEST}: split it where the reader gains`,
  ];
}

/** @type {Rule} */
function barrels({ path, text }) {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").trim();
  const isBarrel =
    code !== "" &&
    code
      .split(/;\s*/)
      .filter(Boolean)
      .every((part) => /^export\s[^=]*\sfrom\s/.test(part.trim()));
  return [isBarrel && !INDEXES.includes(path) && "only hands on what other files export (a barrel)"];
}
