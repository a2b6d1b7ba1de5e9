import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@/scripts/postgres.mjs";
import { CookieJar } from "@/scripts/testing/cookie-jar";
import { giveCluster } from "@/scripts/testing/given-cluster.mjs";
import { PATIENCE_MS } from "@/scripts/testing/patience.mjs";

export type App = {
  address: string;
  dataDir: string;
  /** The link that `npm start` printed. */
  ownerLink: string;
  /** Of the supervisor. */
  pid: number;
  /** What the supervisor wrote down about its children now. */
  pids(): { web?: number; worker?: number };
  databaseUrl(): Promise<string>;
  output(): string;
  /** SIGTERM, and waits for the end. Keeps the data. */
  stop(): Promise<number | null>;
  /** Removes the data of a stopped app. */
  clean(): void;
};

/** Runs `npm start` as a person does, on a data folder of its own; `isBare`: there is not even a database in it. */
export async function startApp({
  dataDir = mkdtempSync(join(tmpdir(), "contact-sheet-e2e-")),
  env = {},
  isBare = false,
}: {
  dataDir?: string;
  env?: Record<string, string>;
  isBare?: boolean;
} = {}): Promise<App> {
  if (!isBare) giveCluster(dataDir);
  const port = await freePort();
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...withoutTestSettings(), DATA_DIR: dataDir, PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collect(child);
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ownerLink = await waitForLink(output, exited);
  return {
    address: `http://localhost:${port}`,
    dataDir,
    ownerLink,
    pid: child.pid ?? 0,
    pids: () => readPids(dataDir),
    databaseUrl: async () => (await startPostgres({ dataDir })).url,
    output,
    async stop() {
      child.kill("SIGTERM");
      return exited;
    },
    clean: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

/** A jar that is signed in by the owner link. */
export async function signInAsOwner(app: Pick<App, "ownerLink">): Promise<CookieJar> {
  const jar = new CookieJar();
  const response = await jar.fetch(app.ownerLink);
  if (response.status >= 400) throw new Error(`the owner link answered ${response.status}`);
  return jar;
}

/** vitest's own settings would reach the app and change it. */
export function withoutTestSettings(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_ENV|TZ|DATABASE_URL|NEXTAUTH_|DATA_DIR|VITEST|VITE_|STUDIO_)/.test(name),
  );
  return { ...Object.fromEntries(kept), NODE_ENV: "production" };
}

function collect(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}

async function waitForLink(output: () => string, exited: Promise<number | null>): Promise<string> {
  const over = exited.then((code) => {
    throw new Error(`npm start ended with ${code}:\n${output()}`);
  });
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const link = /http:\/\/\S+\/owner-link\?token=\S+/.exec(output())?.[0];
    if (link) {
      over.catch(() => undefined);
      return link;
    }
    if (Date.now() > until) throw new Error(`npm start was not ready in time:\n${output()}`);
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
}

function readPids(dataDir: string): { web?: number; worker?: number } {
  const run = JSON.parse(readFileSync(join(dataDir, "run.json"), "utf8"));
  return { web: run.children?.web?.pid, worker: run.children?.worker?.pid };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
