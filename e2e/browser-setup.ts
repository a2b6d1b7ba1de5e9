import { existsSync } from "node:fs";
import bundled from "@sparticuz/chromium";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    browserEndpoint: string;
  }
}

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const INSTALLED = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];

/** One Chromium for all test files of a project: one that is there already, else the one that came through npm. */
export default async function setup(project: TestProject) {
  const executablePath = INSTALLED.find((path) => existsSync(path)) ?? (await bundled.executablePath());
  const server = await chromium.launchServer({ executablePath, args: ARGS });
  project.provide("browserEndpoint", server.wsEndpoint());
  return () => server.close();
}
