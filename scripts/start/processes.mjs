import { join } from "node:path";
import { startChild } from "./child.mjs";
import { keepAlive } from "./keep-alive.mjs";
import { ensurePrograms, programPath } from "./programs.mjs";
import { PROJECT } from "./settings.mjs";

/** @typedef {import("./settings.mjs").Settings} Settings */

export const GRACE_MS = 30_000;

const LEASH = ["--require", join(PROJECT, "scripts/start/leash.cjs")];
const NEXT = join(PROJECT, "node_modules/next/dist/bin/next");

/**
 * What web and worker are told. Values that were set by the person win over those made here.
 * @param {Settings} settings
 * @param {Record<string, string>} secrets
 * @param {string} databaseUrl
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(settings, secrets, databaseUrl) {
  const isInWeb = settings.worker === "inline" || (settings.engine.isInngest && settings.worker !== "off");
  const endsItself = isInWeb && settings.mode === "production";
  return {
    ...secrets,
    ...process.env,
    // Next would exit at once and take the work in flight with it (inngest/engine/in-web.ts ends the process).
    ...(endsItself ? { NEXT_MANUAL_SIG_HANDLE: "true" } : {}),
    NODE_ENV: settings.mode,
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: settings.address,
    HOST: settings.host,
    PORT: String(settings.port),
    DATA_DIR: settings.dataDir,
    WORKER: settings.worker,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/**
 * Web and worker, each kept alive.
 * @param {object} options
 * @param {Settings} options.settings
 * @param {() => NodeJS.ProcessEnv} options.env read anew at each start of a process
 * @param {(line: string) => void} options.say
 * @param {(name: string, pid: number | undefined) => void} options.record
 */
export function startProcesses({ settings, env, say, record }) {
  const isDev = settings.mode === "development";
  // Elsewhere errors name the places in the program itself: reading the maps is a third of a worker's start.
  const mapped = isDev ? ["--enable-source-maps"] : [];
  const keep = (/** @type {string} */ name, /** @type {string[]} */ args) =>
    keepAlive({
      name,
      say,
      onPid: (pid) => record(name, pid),
      start: async () => {
        // A restart after a change is to run that change.
        if (isDev) await ensurePrograms();
        return startChild({
          name,
          args: [...LEASH, ...args],
          env: { ...env(), ROLE: name },
          logPath: join(settings.dataDir, "logs", `${name}.log`),
          say,
          everything: isDev,
        });
      },
    });
  const address = ["-H", settings.host, "-p", String(settings.port)];
  return {
    web: settings.workerOnly ? undefined : keep("web", [NEXT, isDev ? "dev" : "start", ...address]),
    worker:
      settings.workerOnly || (settings.worker === "separate" && !settings.engine.isInngest)
        ? keep("worker", [...mapped, programPath("worker")])
        : undefined,
  };
}
