import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  resolve: { alias: { "server-only": `${root}scripts/testing/empty.ts`, "@": root.replace(/\/$/, "") } },
  test: {
    include: ["{lib,db,inngest,components,scripts,app}/**/*.test.{ts,tsx}", "e2e/**/*.test.ts"],
    globalSetup: ["scripts/testing/global-setup.ts"],
    // An odd offset makes code that mixes up local time and UTC fail.
    env: { TZ: "Asia/Kathmandu" },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
  },
});
