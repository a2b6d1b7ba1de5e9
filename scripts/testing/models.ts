import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { registerModel } from "@/lib/models/registry";
import { type Capabilities, type ImageModel, type MakeRequest, ModelError } from "@/lib/models/types";
import { tinyPng } from "./factories";

const PLAIN: Capabilities = {
  edits: true,
  textToImage: false,
  seed: false,
  negativePrompt: false,
  steps: false,
  mask: false,
  maxPromptChars: 1_000,
  maxInputs: 1,
  paid: false,
  qualities: [],
  sizes: { kind: "output" },
  backgrounds: [],
  moderation: false,
  complexity: false,
  formats: ["png", "jpeg", "webp"],
  economy: false,
};

export type EchoCall = MakeRequest;

/**
 * Registers a model that answers with its own source, at once. Words in the prompt steer it: `fail`, `block`,
 * `slow down`, `refuse key`. Answers the list of calls it got.
 */
export function registerEchoModel(delayMs = 0): EchoCall[] {
  const calls: EchoCall[] = [];
  const model: ImageModel = {
    id: "echo",
    label: "Echo",
    connection: "echo",
    isolated: false,
    capabilities: PLAIN,
    plan: () => [],
    price: () => ({ min: 0, max: 0 }),
    async make(request, { send }) {
      await send();
      calls.push(request);
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      steer(request.prompt);
      return { ...(await echo(request)), cost: 0 };
    },
  };
  registerModel(model);
  return calls;
}

function steer(prompt: string) {
  if (prompt.includes("fail")) throw new ModelError("bad_request", "Echo was told to fail.");
  if (prompt.includes("block")) throw new ModelError("blocked", "Echo was told to block.");
  if (prompt.includes("slow down"))
    throw new ModelError("rate_limited", "Echo is busy.", { retryAfterMs: 1_000 });
  if (prompt.includes("refuse key")) throw new ModelError("auth", "Echo refuses the key.");
}

/** Price of one call of the paid model, micro-dollars: what it charges, and what may be charged at worst. */
export const PAID_PRICE = { min: 20_000, max: 50_000 };

/** What the paid model does with its next calls; `made` when the list is empty. */
export type PaidAnswer = "made" | "unknown" | "quota" | "blocked" | "limited" | "hang" | "surprise";

/**
 * Registers a model named `paid` on a connection of that name that charges PAID_PRICE.min a call. `script` says what
 * comes next; `calls` is what reached it.
 */
export function registerPaidModel(): { calls: MakeRequest[]; script: PaidAnswer[] } {
  const calls: MakeRequest[] = [];
  const script: PaidAnswer[] = [];
  registerModel({
    id: "paid",
    label: "Paid",
    connection: "paid",
    isolated: false,
    capabilities: { ...PLAIN, paid: true, textToImage: true, maxInputs: 4 },
    plan: () => [],
    price: () => PAID_PRICE,
    async make(request, { send, signal }) {
      await send();
      calls.push(request);
      await answer(script.shift() ?? "made", signal);
      return { ...(await echo(request)), cost: PAID_PRICE.min };
    },
  });
  return { calls, script };
}

async function answer(what: PaidAnswer, signal: AbortSignal): Promise<void> {
  switch (what) {
    case "made":
      return;
    case "unknown":
      throw new ModelError("timeout", "No answer came.", { charge: "maybe" });
    case "quota":
      throw new ModelError("quota_exhausted", "No credit is left.");
    case "blocked":
      throw new ModelError("blocked", "The provider's safety check refused this input.");
    case "limited":
      throw new ModelError("rate_limited", "The provider asks us to slow down.", { retryAfterMs: 1_000 });
    case "surprise":
      throw new Error("nobody thought of this");
    case "hang":
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  }
}

async function echo(request: MakeRequest) {
  const path = join(request.workDir, "echo.png");
  if (request.source) await copyFile(request.source.path, path);
  else await writeFile(path, await tinyPng());
  return { path, modelVersion: "echo-1", requestId: null, usage: null, used: {}, notes: [] };
}
