import { parseArgs } from "node:util";
import { startFakeInngest } from "./testing/fake-inngest/start-fake-inngest";

const USAGE = `A fake Inngest server on loopback, in memory.

  node --import tsx scripts/fake-inngest.ts [--port 8288] [--event-key KEY --signing-key signkey-test-HEX]
    [--cron-every-ms 60000] [--retry-ms 1000]

Without keys it is a development server (INNGEST_DEV), with keys a self-hosted one (INNGEST_BASE_URL). Prints its address;
GET /__facts says what is registered and what ran.`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8288" },
    "event-key": { type: "string" },
    "signing-key": { type: "string" },
    "cron-every-ms": { type: "string", default: "60000" },
    "retry-ms": { type: "string", default: "1000" },
    help: { type: "boolean" },
  },
});

if (values.help) console.log(USAGE);
else {
  const server = await startFakeInngest({
    port: Number(values.port),
    eventKey: values["event-key"],
    signingKey: values["signing-key"],
    cronEveryMs: Number(values["cron-every-ms"]),
    retryMs: Number(values["retry-ms"]),
  });
  console.log(server.address);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
}
