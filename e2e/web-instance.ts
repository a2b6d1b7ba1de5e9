import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { readSecrets } from "@/scripts/start/data-folder.mjs";
import { PROJECT } from "@/scripts/start/settings.mjs";
import { freePort, withoutTestSettings } from "./app";

export type WebInstance = {
  address: string;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
};

/**
 * One more web process on the data and secrets of a running app, without a worker. `publicUrl` is the address people
 * open, so that cookies of one instance serve the other.
 */
export async function startWebInstance({
  app,
  folder,
  port,
  env = {},
}: {
  app: { dataDir: string; databaseUrl: string; publicUrl: string };
  /** Of the build, in the project; that of the app when left out. */
  folder?: string;
  port?: number;
  env?: Record<string, string>;
}): Promise<WebInstance> {
  const listens = port ?? (await freePort());
  const child = spawn(
    process.execPath,
    [join(PROJECT, "node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(listens)],
    {
      cwd: PROJECT,
      env: {
        ...withoutTestSettings(),
        ...readSecrets(app.dataDir),
        DATABASE_URL: app.databaseUrl,
        DATA_DIR: app.dataDir,
        NEXTAUTH_URL: app.publicUrl,
        ...(folder && { NEXT_DIST_DIR: folder }),
        WORKER: "off",
        ...env,
      },
      stdio: "ignore",
    },
  );
  const address = `http://127.0.0.1:${listens}`;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await untilUp(address, child);
  return {
    address,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function untilUp(address: string, child: ChildProcess) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the web process ended with ${child.exitCode}`);
    if (await fetch(`${address}/api/health`).catch(() => null)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
