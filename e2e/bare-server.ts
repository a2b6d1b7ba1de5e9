import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readSecrets } from "@/scripts/start/data-folder.mjs";
import { PROJECT } from "@/scripts/start/settings.mjs";
import { freePort, withoutTestSettings } from "./app";
import { buildFolder } from "./server-actions";

const NOT_COPIED = ["cache", "dev", "types", "trace", "diagnostics", "middleware", "middleware.js"];

/**
 * The same build once more, with what came of `proxy.ts` taken out of it, on the data and secrets of a running app.
 * `publicUrl` is the app's address, so that cookies of one serve the other.
 */
export async function startWithoutProxy(app: { dataDir: string; databaseUrl: string; publicUrl: string }) {
  const folder = join(PROJECT, `.next-bare-${process.pid}`);
  cpSync(buildFolder(), folder, {
    recursive: true,
    filter: (path) => !NOT_COPIED.includes(basename(path)),
  });
  const functions = join(folder, "server/functions-config-manifest.json");
  const manifest = JSON.parse(readFileSync(functions, "utf8"));
  if (!manifest.functions?.["/_middleware"]) throw new Error("this build has no proxy to take out");
  delete manifest.functions["/_middleware"];
  writeFileSync(functions, JSON.stringify(manifest));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [join(PROJECT, "node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      cwd: PROJECT,
      env: {
        ...withoutTestSettings(),
        ...readSecrets(app.dataDir),
        DATABASE_URL: app.databaseUrl,
        DATA_DIR: app.dataDir,
        NEXTAUTH_URL: app.publicUrl,
        NEXT_DIST_DIR: basename(folder),
        WORKER: "off",
      },
      stdio: "ignore",
    },
  );
  const address = `http://127.0.0.1:${port}`;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await untilUp(address, child);
  return {
    address,
    async stop() {
      child.kill("SIGTERM");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilUp(address: string, child: ChildProcess) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server without proxy ended with ${child.exitCode}`);
    if (await fetch(`${address}/api/health`).catch(() => null)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
