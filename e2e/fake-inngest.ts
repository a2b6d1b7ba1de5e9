import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { freePort, withoutTestSettings } from "./app";

export type InngestProcess = {
  address: string;
  /** What an app on it is started with. */
  env: Record<string, string>;
  facts(): Promise<{ functions: { id: string }[]; ended: { functionId: string; how: string }[] }>;
  /** kill -9: its queue and what it knew of the app are gone. */
  kill(): Promise<void>;
  /** At the same address, with nothing in it. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
};

/** A self-hosted Inngest server, keys included, as a process of its own. */
export async function startInngest(): Promise<InngestProcess> {
  const port = await freePort();
  const eventKey = randomBytes(16).toString("hex");
  const signingKey = `signkey-prod-${randomBytes(32).toString("hex")}`;
  const args = ["--port", String(port), "--event-key", eventKey, "--signing-key", signingKey];
  const address = `http://127.0.0.1:${port}`;
  let child = await start(args);
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  return {
    address,
    env: { INNGEST_BASE_URL: address, INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey },
    facts: async () => (await fetch(`${address}/__facts`)).json(),
    kill: () => end("SIGKILL"),
    startAgain: async () => {
      child = await start(args);
    },
    stop: () => end("SIGTERM"),
  };
}

async function start(args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/fake-inngest.ts", ...args], {
    env: withoutTestSettings(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const _address of createInterface({ input: child.stdout })) return child;
  throw new Error("the Inngest server ended before it said its address");
}
