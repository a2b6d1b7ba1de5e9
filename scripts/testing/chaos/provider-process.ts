import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { withoutTestSettings } from "@/e2e/app";
import type { Call } from "../fake-provider/log/call";
import type { FakeProviderOptions } from "../fake-provider/settings";

/** The day a provider has: of its calls 10 % 429, 5 % 500, 3 % hangs, 2 % garbage and 2 % blocked. */
const BAD_DAY: FakeProviderOptions = {
  latency: { kind: "uniform", minMs: 150, maxMs: 1_500 },
  faults: [
    { share: 0.05, fault: { kind: "rate_limited", retryAfter: 1 } },
    { share: 0.05, fault: { kind: "slow_down", retryAfter: 0.5 } },
    { share: 0.05, fault: "server_error" },
    { share: 0.03, fault: "hang" },
    { share: 0.005, fault: "html_ok" },
    { share: 0.005, fault: "cut_json" },
    { share: 0.005, fault: "bad_base64" },
    { share: 0.005, fault: "truncated_picture" },
    { share: 0.02, fault: "blocked" },
  ],
};

export type ProviderProcess = {
  baseUrl: string;
  /** Calls for images so far, as the provider saw them. */
  calls(): Promise<Call[]>;
  stop(): Promise<void>;
};

/** The fake provider as a process of its own, which nobody kills. */
export async function startProvider({
  seed,
  key,
  logPath,
}: {
  seed: number;
  key: string;
  logPath: string;
}): Promise<ProviderProcess> {
  const options = ["--seed", String(seed), "--key", key, "--log", logPath, "--cheap"];
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "scripts/fake-provider.ts", ...options, "--options", JSON.stringify(BAD_DAY)],
    { env: withoutTestSettings(), stdio: ["ignore", "pipe", "inherit"] },
  );
  const baseUrl = await firstLine(child);
  return {
    baseUrl,
    async calls() {
      const response = await fetch(new URL("/__log", baseUrl));
      const calls: Call[] = await response.json();
      return calls.filter(({ isImage }) => isImage);
    },
    async stop() {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the provider has no output");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("the provider ended before it said its address");
}
