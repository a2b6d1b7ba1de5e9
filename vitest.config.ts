import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { PATIENCE_MS } from "./scripts/testing/patience.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));
/** They kill what they start, and mostly wait: they run beside the others on an app of their own. */
const killing = [
  "e2e/chain-journey.test.ts",
  "e2e/chaos.test.ts",
  "e2e/crash.test.ts",
  "e2e/inngest.test.ts",
  "e2e/storage.test.ts",
];

/** Without a browser; beside it they run on an app of their own. */
const overHttp = [
  "e2e/actions.test.ts",
  "e2e/http.test.ts",
  "e2e/inline-worker.test.ts",
  "e2e/own-servers.test.ts",
  "e2e/traced-files.test.ts",
  "e2e/two-instances.test.ts",
  "e2e/without-proxy.test.ts",
];

const unitFolders = ["lib", "db", "inngest", "components", "scripts", "app"];
/** They replace modules, so they need some of their own; all others share them, which saves a sixth of their time. */
const replacing = unitFolders
  .flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true }).map((path) => `${folder}/${path}`),
  )
  .filter((path) => /\.test\.tsx?$/.test(path))
  .filter((path) => readFileSync(`${root}${path}`, "utf8").includes("vi.mock("));

const ownEnvironment = { setupFiles: ["scripts/testing/own-environment.ts"] };
const besideEachOther = {
  globalSetup: ["scripts/testing/global-setup.ts"],
  ...ownEnvironment,
  // On two cores too: some wait for a disk, a deadline or a process while others compute.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  sequence: { groupOrder: 0 },
};

const appSetup = "e2e/setup.ts";
/** One server serves them all, and they share their modules. */
const oneAfterTheOther = {
  ...ownEnvironment,
  fileParallelism: false,
  isolate: false,
  sequence: { groupOrder: 1 },
};

export default defineConfig({
  resolve: { alias: { "server-only": `${root}scripts/testing/empty.ts`, "@": root.replace(/\/$/, "") } },
  test: {
    // An odd offset makes code that mixes up local time and UTC fail.
    env: { TZ: "Asia/Kathmandu" },
    // Longer than any one wait of it, which says better what did not come.
    testTimeout: 3 * PATIENCE_MS,
    hookTimeout: 3 * PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS, interval: 100 } },
    pool: "forks",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`{${unitFolders}}/**/*.test.{ts,tsx}`],
          exclude: replacing,
          isolate: false,
          ...besideEachOther,
        },
      },
      {
        extends: true,
        test: { name: "unit-replacing", include: replacing, ...besideEachOther },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          exclude: [...killing, ...overHttp],
          globalSetup: [appSetup],
          ...oneAfterTheOther,
        },
      },
      {
        extends: true,
        test: { name: "http", include: overHttp, globalSetup: [appSetup], ...oneAfterTheOther },
      },
      {
        extends: true,
        test: { name: "crashes", include: killing, ...oneAfterTheOther },
      },
    ],
  },
});
