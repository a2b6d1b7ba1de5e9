import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readEngine } from "./engine.mjs";
import { checkSeveral } from "./several.mjs";
import { Trouble } from "./trouble.mjs";

export const PROJECT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");

/**
 * @typedef {object} Settings
 * @property {"production" | "development"} mode
 * @property {boolean} workerOnly
 * @property {number} port
 * @property {string} host address the web process listens on
 * @property {boolean} isLocal only this machine can reach it
 * @property {string} address what people open
 * @property {string} dataDir
 * @property {"separate" | "inline" | "off"} worker
 * @property {ReturnType<typeof readEngine>} engine
 * @property {string | undefined} databaseUrl undefined: the embedded Postgres
 */

/**
 * Reads `.env.local` and `.env` into the environment (what is set already wins), then the settings of a start.
 * @param {string[]} args
 * @returns {Settings}
 */
export function readSettings(args) {
  for (const name of [".env.local", ".env"]) readEnvFile(join(PROJECT, name));
  const unknown = args.find((arg) => !["--dev", "--worker-only"].includes(arg));
  if (unknown) throw new Trouble(`${unknown} is not known. There are --dev and --worker-only.`);
  const port = readPort(process.env.PORT);
  const host = process.env.HOST || "127.0.0.1";
  const isLocal = ["127.0.0.1", "localhost", "::1"].includes(host);
  const worker = process.env.WORKER || "separate";
  if (worker !== "separate" && worker !== "inline" && worker !== "off") {
    throw new Trouble(`WORKER is "${worker}". It can be separate, inline or off.`);
  }
  checkSeveral(process.env);
  const engine = readEngine(process.env);
  const workerOnly = args.includes("--worker-only");
  if (workerOnly && engine.isInngest) {
    throw new Trouble(
      "Inngest runs the functions where it calls them: a worker would have nothing to do. Start a further instance with npm start.",
    );
  }
  return {
    mode: args.includes("--dev") ? "development" : "production",
    workerOnly,
    engine,
    port,
    host,
    isLocal,
    address: process.env.NEXTAUTH_URL || `http://localhost:${port}`,
    dataDir: resolve(PROJECT, process.env.DATA_DIR || ".data"),
    worker,
    databaseUrl: process.env.DATABASE_URL || undefined,
  };
}

function readPort(/** @type {string | undefined} */ value) {
  const port = Number(value || 3000);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Trouble(
    `PORT is "${value}". It must be a whole number from 1 to 65535, for example PORT=3001 npm start.`,
  );
}

// Node 20.9 has no reader of its own for these files.
function readEnvFile(/** @type {string} */ path) {
  if (!existsSync(path)) return;
  for (const line of readFileSync(path, "utf8").split(/\r?\n/)) {
    const found = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line);
    const name = found?.[1];
    if (name && process.env[name] === undefined) process.env[name] = unquote(found[2] ?? "");
  }
}

function unquote(/** @type {string} */ text) {
  const quoted = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(text);
  return quoted ? (quoted[2] ?? "") : text.replace(/(^|\s+)#.*$/, "");
}
