import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, signal } from "../processes.mjs";

/** What the start reads before anything of the app runs. */
const PARTS = [
  "scripts",
  "db",
  "lib/env.ts",
  "lib/hosted.ts",
  "lib/auth/loopback.ts",
  "lib/storage/schemas.ts",
  "lib/models/openai/catalogue/override.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

const REAL = join(import.meta.dirname, "..", "..");

// A web process small enough to start in no time; `next build` leaves what a build leaves.
const NEXT = `
  const { mkdirSync, writeFileSync } = require("node:fs");
  if (process.argv[2] === "build") {
    mkdirSync(".next", { recursive: true });
    writeFileSync(".next/BUILD_ID", "1");
  } else {
    const port = Number(process.argv[process.argv.indexOf("-p") + 1]);
    require("node:http").createServer((_request, reply) => reply.end(String(process.pid))).listen(port, "127.0.0.1");
  }`;
const WORKER = `
  import { renameSync, writeFileSync } from "node:fs";
  const file = process.env.DATA_DIR + "/worker.env.json";
  writeFileSync(file + ".part", JSON.stringify(process.env));
  renameSync(file + ".part", file);
  const timer = setInterval(() => {}, 1000);
  process.on("SIGTERM", () => clearInterval(timer));`;

export type StandIn = Awaited<ReturnType<typeof standInProject>>;

/** The real start scripts, database and configuration around a stand-in for web and worker, in a temp folder. */
export async function standInProject() {
  const root = mkdtempSync(join(tmpdir(), "contact-sheet-start-"));
  chmodSync(root, 0o755);
  for (const path of PARTS) {
    cpSync(join(REAL, path), join(root, path), { recursive: true });
  }
  cpSync(join(REAL, "node_modules/.package-lock.json"), join(root, "node_modules/.package-lock.json"));
  linkAll({ root, folder: "node_modules", except: /^(\..*|next)$/ });
  linkAll({ root, folder: "node_modules/next", except: /^dist$/ });
  write(root, "node_modules/next/dist/bin/next", NEXT);
  write(root, "inngest/engine/worker-main.ts", WORKER);
  write(root, "lib/images/process/child.ts", "");
  write(root, "scripts/move/main.ts", "");
  const port = await anyPort();
  const started: ReturnType<typeof start>[] = [];
  return {
    root,
    port,
    dataDir: join(root, ".data"),
    start: (options: { args?: string[]; env?: Record<string, string> } = {}) => {
      const one = start({ root, port, ...options });
      started.push(one);
      return one;
    },
    /** What `.data/run.json` says runs now. */
    run: () => readRun(root),
    remove: async () => {
      for (const { child } of started) child.kill("SIGTERM");
      await Promise.all(started.map(({ exited }) => exited));
      const left = readFileOr(join(root, ".data", "postgres", "postmaster.pid"), "0");
      signal(Number(left.split("\n")[0]) || 0, "SIGQUIT");
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function start({
  root,
  port,
  args = [],
  env = {},
}: {
  root: string;
  port: number;
  args?: string[];
  env?: Record<string, string>;
}) {
  const {
    DATABASE_URL: _url,
    DATA_DIR: _dir,
    NEXTAUTH_URL: _address,
    NODE_OPTIONS: _options,
    ...rest
  } = process.env;
  const child = spawn(process.execPath, ["scripts/start.mjs", ...args], {
    cwd: root,
    env: { ...rest, npm_lifecycle_event: "", npm_execpath: "no/npm-cli.js", PORT: String(port), ...env },
  });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const exited = once(child, "close").then(([code]) => Number(code));
  return {
    child,
    exited,
    output: () => output,
    /** Waits until the output has this text; fails with the output when the process ends first. */
    says: async (text: string, times = 1) => {
      while (output.split(text).length <= times) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`It ended without "${text}":\n${output}`);
        await sleep(20);
      }
    },
  };
}

/** Waits until a condition holds. */
export async function until(condition: () => boolean | Promise<boolean>) {
  while (!(await condition())) await sleep(20);
}

export function allDead(pids: number[]) {
  return pids.every((pid) => !isAlive(pid));
}

function readRun(root: string): { supervisor: number; web: number; worker: number; postgres: number } {
  const { supervisor, children } = JSON.parse(readFileOr(join(root, ".data", "run.json"), '{"children":{}}'));
  const postmaster = readFileOr(join(root, ".data", "postgres", "postmaster.pid"), "0").split("\n")[0];
  return {
    supervisor: supervisor?.pid ?? 0,
    web: children.web?.pid ?? 0,
    worker: children.worker?.pid ?? 0,
    postgres: Number(postmaster),
  };
}

function readFileOr(path: string, fallback: string) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return fallback;
  }
}

function linkAll({ root, folder, except }: { root: string; folder: string; except: RegExp }) {
  mkdirSync(join(root, folder), { recursive: true });
  for (const name of readdirSync(join(REAL, folder))) {
    if (!except.test(name)) symlinkSync(join(REAL, folder, name), join(root, folder, name));
  }
}

function write(root: string, path: string, content: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Holds a port until closed. */
export async function holdPort(port = 0) {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { port: typeof address === "object" && address ? address.port : port, close: () => server.close() };
}

async function anyPort() {
  const held = await holdPort();
  held.close();
  return held.port;
}
