import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureBuild } from "./build.mjs";
import { checkDataFolder, prepareDataFolder, readSecrets } from "./data-folder.mjs";
import { keepPostgres, prepareDatabase } from "./database.mjs";
import { createEnding } from "./ending.mjs";
import { ensurePackages } from "./install.mjs";
import { refuseSecond, runningInstance, stopLeftovers, takeInstance } from "./instance.mjs";
import { checkPort } from "./port.mjs";
import { childEnv, GRACE_MS, startProcesses } from "./processes.mjs";
import { ensurePrograms } from "./programs.mjs";
import { PROJECT, readSettings } from "./settings.mjs";
import { Trouble, wordsFor } from "./trouble.mjs";
import { watchSources } from "./watch.mjs";

/** @typedef {ReturnType<typeof createEnding>} Ending */
/** @typedef {import("./settings.mjs").Settings} Settings */

const say = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

/** `npm start`, `npm run dev` and `npm run worker`. @param {string[]} args */
export async function main(args) {
  process.chdir(PROJECT);
  // A terminal that went away must not take the supervisor with it before it has stopped the rest.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const ending = createEnding(say);
  let code = 0;
  try {
    await boot(readSettings(args), ending);
    await ending.asked;
  } catch (error) {
    if (!ending.signal.aborted) {
      console.error(`\n${wordsFor(error)}\n`);
      code = 1;
    }
  }
  await ending.run();
  if (ending.signal.aborted) say("Stopped.");
  process.exit(code);
}

async function boot(/** @type {Settings} */ settings, /** @type {Ending} */ ending) {
  const abort = ending.signal;
  const logs = join(settings.dataDir, "logs");
  const record = settings.workerOnly ? joinInstance(settings) : await claimData(settings, ending);
  await ensurePackages({ logFile: join(logs, "install.log"), abort });
  if (settings.mode === "development" || settings.workerOnly) await ensurePrograms();
  else await ensureBuild({ logFile: join(logs, "build.log"), abort });
  process.umask(0o077);

  const secrets = readSecrets(settings.dataDir);
  /** @type {ReturnType<typeof startProcesses> | undefined} */
  let processes;
  const onMove = () => void Promise.all([processes?.web?.restart(), processes?.worker?.restart()]);
  const databaseUrl = settings.databaseUrl
    ? () => settings.databaseUrl ?? ""
    : await ownPostgres(settings, ending, onMove);
  const env = () => childEnv(settings, secrets, databaseUrl());
  const ownerLink = settings.isLocal && !settings.workerOnly;
  const token = await prepareDatabase({ env: env(), logFile: join(logs, "prepare.log"), ownerLink, abort });

  processes = startProcesses({ settings, env, say, record });
  const { web, worker } = processes;
  ending.add({
    stop: async () => void (await Promise.all([web?.stop(GRACE_MS), worker?.stop(GRACE_MS)])),
    hurry: () => {
      web?.hurry();
      worker?.hurry();
    },
  });
  if (settings.mode === "development" && worker) watchSources(() => worker.restart());
  if (!web) return say("The worker runs.");
  await untilReady({ settings, deaths: web.deaths, abort });
  sayReady(settings, token);
}

async function claimData(/** @type {Settings} */ settings, /** @type {Ending} */ ending) {
  const { dataDir, address } = settings;
  checkDataFolder(dataDir);
  refuseSecond(dataDir);
  await stopLeftovers(dataDir);
  await checkPort(settings);
  prepareDataFolder(dataDir);
  const instance = await takeInstance({ dataDir, address });
  ending.add({ stop: instance.release });
  return instance.record;
}

/** A further worker uses the data and the database of the start that runs. */
function joinInstance(/** @type {Settings} */ { dataDir, databaseUrl }) {
  checkDataFolder(dataDir);
  if (!databaseUrl && !runningInstance(dataDir)) {
    throw new Trouble(
      "A further worker needs a database: run npm start first on the same data folder, or set DATABASE_URL.",
    );
  }
  prepareDataFolder(dataDir);
  return () => {};
}

async function ownPostgres(
  /** @type {Settings} */ { dataDir, workerOnly },
  /** @type {Ending} */ ending,
  /** @type {() => void} */ onMove,
) {
  const { url, stop } = await keepPostgres({ dataDir, say, onMove, isGuest: workerOnly });
  ending.add({ stop });
  return url;
}

async function untilReady(
  /** @type {{ settings: Settings, deaths: () => number, abort: AbortSignal }} */ { settings, deaths, abort },
) {
  const host = settings.host === "0.0.0.0" || settings.host === "::" ? "localhost" : settings.host;
  const health = `http://${host.includes(":") ? `[${host}]` : host}:${settings.port}/api/health`;
  while (!abort.aborted) {
    if (await isUp(health)) return;
    if (deaths() >= 3) {
      throw new Trouble(
        `The web process does not stay up. Its last words are in ${join(settings.dataDir, "logs", "web.log")}`,
      );
    }
    await sleep(100);
  }
}

/** Not with `fetch`: loading it takes longer than most of what else a start does. */
function isUp(/** @type {string} */ address) {
  return new Promise((/** @type {(up: boolean) => void} */ resolve) => {
    const request = get(address, { timeout: 10_000 }, (answer) => {
      answer.resume();
      resolve((answer.statusCode ?? 500) < 500);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(false));
  });
}

function sayReady(
  /** @type {Settings} */ { address, isLocal, engine, worker },
  /** @type {string | undefined} */ token,
) {
  say("");
  say(`Contact Sheet is ready: ${address}`);
  say(`${engine.words}${worker === "off" ? " This instance serves pages." : ""}`);
  if (token) {
    say(
      `Sign in as the owner (once, within 10 minutes): ${address.replace(/\/$/, "")}/owner-link?token=${token}`,
    );
  }
  if (!isLocal && !process.env.NEXTAUTH_URL) {
    say("Other machines can reach it: set NEXTAUTH_URL to the address people open, or sign-in fails there.");
  }
  say("Stop with Ctrl-C.");
}
