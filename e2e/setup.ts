import type { TestProject } from "vitest/node";
import { type App, startApp } from "./app";

declare module "vitest" {
  interface ProvidedContext {
    address: string;
    ownerLink: string;
    appDataDir: string;
  }
}

/** One app for all browser tests; tests that kill things start their own. */
export default async function setup(project: TestProject) {
  const app: App = await startApp();
  project.provide("address", app.address);
  project.provide("ownerLink", app.ownerLink);
  project.provide("appDataDir", app.dataDir);
  return async () => {
    await app.stop();
    app.clean();
  };
}
