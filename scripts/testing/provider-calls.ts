import { randomUUID } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProviderConnection } from "@/lib/connections/provider-connection";
import type { Connection } from "@/lib/connections/types";
import { forgetEnv } from "@/lib/env";
import { sharp } from "@/lib/images/decoder";
import type { ImageFormat } from "@/lib/images/types";
import { fitResult } from "@/lib/items/fit-result";
import { type MadeImage, type MakeRequest, ModelError, type SourceImage } from "@/lib/models/types";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import type { FakeProvider } from "./fake-provider/start-fake-provider";

/** An environment that is complete for calls, without a database. */
export function callsOnlyEnv(values: Record<string, string> = {}): void {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
    NEXTAUTH_SECRET: "s".repeat(32),
    NEXTAUTH_URL: "http://localhost:3000",
    ...values,
  });
  forgetEnv();
}

/** A connection of the installation's operator to a fake provider. */
export function connectionTo(fake: FakeProvider, overrides: Partial<Connection> = {}): Connection {
  return new ProviderConnection({
    key: "env",
    label: "The provider",
    dialect: "openai",
    baseUrl: fake.baseUrl,
    apiKey: fake.key,
    trusted: true,
    models: [],
    ...overrides,
  });
}

/** A request for one image in a folder of its own. */
export async function requestOf(overrides: Partial<MakeRequest> = {}): Promise<MakeRequest> {
  return {
    prompt: "a red cup",
    output: DEFAULT_SETTINGS.output,
    provider: DEFAULT_PROVIDER,
    source: null,
    references: [],
    mask: null,
    seed: null,
    attemptId: randomUUID(),
    endUser: "u".repeat(32),
    workDir: await mkdtemp(join(tmpdir(), "call-")),
    ...overrides,
  };
}

/** Bytes of a picture as a model gets it: stored, with what the gate has read of it. */
export async function storedPicture(bytes: Buffer): Promise<SourceImage> {
  const path = join(await mkdtemp(join(tmpdir(), "picture-")), "stored");
  await writeFile(path, bytes);
  const { format, width, height, orientation = 1, hasAlpha } = await sharp(bytes).metadata();
  const [w, h] = orientation >= 5 ? [height, width] : [width, height];
  return { path, format: knownFormat(format), width: w, height: h, alpha: hasAlpha };
}

/** The ModelError a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<ModelError> {
  const outcome = await call.then(
    () => new Error("The call did not fail."),
    (error: unknown) => error,
  );
  if (outcome instanceof ModelError) return outcome;
  throw outcome;
}

function knownFormat(format: string): ImageFormat {
  return format === "png" || format === "webp" ? format : "jpeg";
}

/** The file a person gets of what was made for a request: fitted where it has to be. */
export async function delivered({ path, fit }: MadeImage, { output, workDir }: MakeRequest): Promise<string> {
  return fit ? fitResult(path, { output, workDir, signal: new AbortController().signal }) : path;
}
