import { parseArgs } from "node:util";
import { z } from "zod";
import { settingsSchema } from "./testing/fake-provider/settings";
import { startFakeProvider } from "./testing/fake-provider/start-fake-provider";

const USAGE = `A fake image provider on loopback.

  node --import tsx scripts/fake-provider.ts [--port 4010] [--dialect openai|sd-server|localai|vllm-omni|sglang]
    [--key sk-...] [--images-per-minute 20] [--latency-ms 2000] [--log calls.jsonl] [--seed 1] [--cheap]
    [--options '{"limits":{"images":{"perMinute":5,"kind":"sliding"}},"faults":[{"share":0.1,"fault":"overloaded"}]}']

Prints its base URL. GET /__log, GET /__stats and POST /__control while it runs.`;

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    dialect: { type: "string" },
    key: { type: "string" },
    "images-per-minute": { type: "string" },
    "latency-ms": { type: "string" },
    log: { type: "string" },
    seed: { type: "string" },
    cheap: { type: "boolean" },
    options: { type: "string" },
    help: { type: "boolean" },
  },
});

if (values.help) console.log(USAGE);
else await serve();

async function serve() {
  const perMinute = values["images-per-minute"];
  const latency = values["latency-ms"];
  const asked = settingsSchema.safeParse({
    ...z.record(z.string(), z.unknown()).parse(JSON.parse(values.options ?? "{}")),
    ...(values.port && { port: Number(values.port) }),
    ...(values.dialect && { dialect: values.dialect }),
    ...(values.key && { key: values.key }),
    ...(perMinute && { limits: { images: { perMinute: Number(perMinute) } } }),
    ...(latency && { latency: { kind: "fixed", ms: Number(latency) } }),
    ...(values.log && { logPath: values.log }),
    ...(values.seed && { seed: Number(values.seed) }),
    ...(values.cheap && { pictures: "cheap" }),
  });
  if (!asked.success) {
    console.error(`${z.prettifyError(asked.error)}\n\n${USAGE}`);
    process.exit(1);
  }
  const fake = await startFakeProvider(asked.data).catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
  console.log(fake.baseUrl);
  console.log(fake.key === null ? "no key" : `key ${fake.key}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void fake.close().then(() => process.exit(0)));
  }
}
