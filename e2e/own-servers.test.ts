import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { closeDb } from "@/db";
import type { Dialect } from "@/lib/connections/types";
import type { ItemDetails } from "@/lib/items/details";
import { unpackItem } from "@/lib/items/wire";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { numberedPicture } from "@/scripts/testing/fake-provider/pictures/numbered-picture";
import { readTrace, sha256 } from "@/scripts/testing/fake-provider/pictures/trace";
import type { Rule } from "@/scripts/testing/fake-provider/settings";
import { startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import { joinDatabase } from "./owned-sessions";
import { doAction } from "./server-actions";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

// A person's own servers, one of each kind, from Settings to the results: what the pages send, without the pages.

const PROMPT = "make it night";
const NEGATIVE = "blur, rain";
const ASKED = { ...DEFAULT_PROVIDER, size: "512x384", seed: 42, negativePrompt: NEGATIVE, steps: 20 };
/** Added to the prompts of the third and the fourth picture. */
const WORDS = ["on a hill", "in the rain"] as const;
const SCRIPT: Rule[] = [
  { promptIncludes: WORDS[0], fault: "wrong_size" },
  { promptIncludes: WORDS[1], fault: { kind: "bad_request", message: "latents out of range" } },
];
const SMALLER = "The provider made 256×192; 512×384 was asked for";
const REFUSED = "The provider refused this request. Nothing was charged; its own words are under Details.";
const idSchema = z.object({ id: z.uuid() });

const address = inject("address");
const dataDir = inject("appDataDir");
let client: SheetClient;

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  client = new SheetClient(address, (await signInWithPassword(address, newUser)).jar);
});
afterAll(closeDb);

const post = <T>(name: string, input: unknown, value: z.ZodType<T>) =>
  doAction(address, { name, jar: client.jar, input, value });

type Kind = { dialect: Dialect; key: string | null; model: string; understood: Record<string, unknown> };
const KINDS: Kind[] = [
  {
    dialect: "sd-server",
    key: null,
    model: "sd-cpp-local",
    understood: { seed: 42, negative_prompt: NEGATIVE, sample_params: { sample_steps: 20 } },
  },
  {
    dialect: "localai",
    key: "localai-5b1c7a90",
    model: "flux-kontext",
    understood: { seed: 42, negative_prompt: NEGATIVE, step: 20 },
  },
  {
    dialect: "vllm-omni",
    key: "vllm-5b1c7a90",
    model: "Qwen/Qwen-Image-Edit-2511",
    understood: { seed: "42", negative_prompt: NEGATIVE, num_inference_steps: "20" },
  },
  {
    dialect: "sglang",
    key: null,
    model: "black-forest-labs/FLUX.2-dev",
    understood: { seed: "42", negative_prompt: NEGATIVE, num_inference_steps: "20" },
  },
];

/** Answers the connection's id once its server has named its models. */
async function connect({ dialect, key }: Kind, baseUrl: string): Promise<string> {
  const given = { label: `My ${dialect}`, dialect, address: baseUrl, apiKey: key ?? "" };
  const { id } = await post("createConnectionAction", given, idSchema);
  const tested = await post("testConnectionAction", { key: id }, z.object({ models: z.number() }));
  expect(tested.models).toBeGreaterThan(0);
  return id;
}

/** Four numbered pictures, the last two with words of their own, started and waited for. */
async function run({ model }: Kind, connection: string): Promise<string> {
  const settings = { ...DEFAULT_SETTINGS, connection, model, provider: ASKED };
  const draft = { intent: randomUUID(), prompt: PROMPT, settings };
  const { id } = await post("createSessionAction", draft, idSchema);
  const numbers = [1, 2, 3, 4];
  const pictures = numbers.map(async (number) => ({
    name: `${number}.jpg`,
    bytes: await numberedPicture(number, { width: 320, height: 240 }),
  }));
  await client.upload(id, await Promise.all(pictures));
  for (const { id: inputId, position } of await client.untilReady(id, numbers.length)) {
    if (position < 3) continue;
    const own = { sessionId: id, inputIds: [inputId], mode: "append", prompt: WORDS[position - 3] };
    await post("setInputPromptAction", own, z.unknown());
  }
  await post("startSessionAction", { sessionId: id }, z.unknown());
  await client.untilFinished(id);
  return id;
}
async function triesOf(sessionId: string) {
  const items = (await client.changes(sessionId)).items.map(unpackItem);
  const read = async (id: string): Promise<ItemDetails> => (await client.get(`/api/items/${id}`)).json();
  const details = await Promise.all(
    items.toSorted((a, b) => a.position - b.position).map(({ id }) => read(id)),
  );
  return details.map(({ attempts, status }) => ({ status, ...attempts[0] }));
}

async function tracesOf(sessionId: string) {
  const { files } = await client.downloadList(sessionId);
  const read = async (url: string) => Buffer.from(await (await client.get(url)).arrayBuffer());
  return Promise.all(files.map(async ({ url }) => readTrace(await read(url))));
}

test.concurrent.each(KINDS)(
  "$dialect: three results, each with its record, and one refusal",
  async (kind) => {
    const fake = await startFakeProvider({ dialect: kind.dialect, key: kind.key, script: SCRIPT });
    const connection = await connect(kind, fake.baseUrl);
    const sessionId = await run(kind, connection);
    const tries = await triesOf(sessionId);
    const asked = { connection, model: kind.model, seed: 42, cost: 0, charge: "none", number: 1 };
    expect(tries).toMatchObject([
      { ...asked, status: "completed", settings: { provider: ASKED, used: { size: "512x384" } }, notes: [] },
      { ...asked, status: "completed", settings: { provider: ASKED, used: { size: "512x384" } }, notes: [] },
      {
        ...asked,
        status: "completed",
        settings: { provider: ASKED, used: { size: "256x192" } },
        notes: [SMALLER],
      },
      { ...asked, status: "failed", settings: { provider: ASKED }, error: { words: REFUSED } },
    ]);
    expect(tries[3]?.error?.details).toContain("latents out of range");
    expect(await (await client.get(`/sessions/${sessionId}`)).text()).toContain(REFUSED);

    const calls = fake.imageCalls();
    expect(calls).toHaveLength(4);
    for (const call of calls) {
      expect(call).toMatchObject({ size: "512x384", understood: kind.understood });
      expect(call.keyTail).toBe((kind.key ?? "none").slice(-4));
    }
    // Three pictures came back; each says from which source, by which words and in which call it was made.
    expect(await tracesOf(sessionId)).toMatchObject(
      [1, 2, 3].map((source, at) => ({
        source,
        prompt: sha256(tries[at]?.prompt ?? ""),
        call: calls[at]?.number,
        input: calls[at]?.images[0]?.sha256,
      })),
    );
    expect(fake.stats().maxInFlight).toBe(1);
    await fake.close();
  },
);
