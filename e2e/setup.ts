import type { TestProject } from "vitest/node";
import { type App, startApp } from "./app";

declare module "vitest" {
  interface ProvidedContext {
    address: string;
    ownerLink: string;
    appDataDir: string;
  }
}

/**
 * One app for all browser tests; tests that kill things start their own. People may add servers on this machine: it is
 * where the fake ones are.
 */
export default async function setup(project: TestProject) {
  const app: App = await startApp({ isBare: true, env: { PRIVATE_CONNECTIONS: "allow" } });
  project.provide("address", app.address);
  project.provide("ownerLink", app.ownerLink);
  project.provide("appDataDir", app.dataDir);
  return async () => {
    await app.stop();
    app.clean();
  };
}
