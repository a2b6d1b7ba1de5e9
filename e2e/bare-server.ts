import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { PROJECT } from "@/scripts/start/settings.mjs";
import { buildFolder } from "./server-actions";
import { startWebInstance } from "./web-instance";

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
  const { address, stop } = await startWebInstance({ app, folder: basename(folder) });
  return {
    address,
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
