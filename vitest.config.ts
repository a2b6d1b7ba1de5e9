import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const e2eSetup = "e2e/setup.ts";
/** They kill what they start, and mostly wait: they run beside the others on an app of their own. */
const killing = ["e2e/chaos.test.ts", "e2e/crash.test.ts"];

export default defineConfig({
  resolve: { alias: { "server-only": `${root}scripts/testing/empty.ts`, "@": root.replace(/\/$/, "") } },
  test: {
    // An odd offset makes code that mixes up local time and UTC fail.
    env: { TZ: "Asia/Kathmandu" },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,db,inngest,components,scripts,app}/**/*.test.{ts,tsx}"],
          globalSetup: ["scripts/testing/global-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          exclude: killing,
          globalSetup: existsSync(`${root}${e2eSetup}`) ? [e2eSetup] : [],
          // One server and one browser serve them all.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: "crashes",
          include: killing,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
