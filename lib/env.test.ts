import { expect, test } from "vitest";
import { readEngine } from "@/scripts/start/engine.mjs";
import { checkSeveral } from "@/scripts/start/several.mjs";
import { engineName, inngestAddress, parseEnv } from "./env";

const BASE = {
  DATABASE_URL: "postgres://sheet@localhost/sheet",
  NEXTAUTH_SECRET: "s".repeat(40),
  NEXTAUTH_URL: "http://localhost:3000",
};
const KEY = Buffer.alloc(32, 7).toString("base64");
const SIGNING_KEY = `signkey-prod-${"ab".repeat(32)}`;
const KEYS = { INNGEST_EVENT_KEY: "events", INNGEST_SIGNING_KEY: SIGNING_KEY };

const engines: [string, Record<string, string>, "inngest" | "embedded", string | null][] = [
  ["nothing", {}, "embedded", null],
  ["empty values", { INNGEST_DEV: "", INNGEST_EVENT_KEY: " " }, "embedded", null],
  ["a no", { INNGEST_DEV: "0" }, "embedded", null],
  ["a yes", { INNGEST_DEV: "1" }, "inngest", "http://localhost:8288"],
  ["an address", { INNGEST_DEV: "http://127.0.0.1:8288/" }, "inngest", "http://127.0.0.1:8288"],
  ["keys", KEYS, "inngest", null],
  [
    "a server",
    { ...KEYS, INNGEST_BASE_URL: "https://inngest.example.com" },
    "inngest",
    "https://inngest.example.com",
  ],
];

test.each(engines)(
  "%s: the app and npm start name the same engine and address",
  (_name, values, engine, address) => {
    const env = parseEnv({ ...BASE, ...values });
    expect(engineName(env)).toBe(engine);
    expect(inngestAddress(env)).toBe(address);
    const { isInngest, words } = readEngine(values);
    expect(isInngest).toBe(engine === "inngest");
    expect(words.replace(/\/?\.$/, "")).toBe(
      engine === "embedded" ? "Engine: embedded" : `Engine: Inngest${address ? ` at ${address}` : " Cloud"}`,
    );
  },
);

const wrong: [string, Record<string, string>, string][] = [
  ["an event key without a signing key", { INNGEST_EVENT_KEY: "events" }, "INNGEST_SIGNING_KEY"],
  ["a signing key without an event key", { INNGEST_SIGNING_KEY: SIGNING_KEY }, "INNGEST_EVENT_KEY"],
  ["a signing key that is none", { ...KEYS, INNGEST_SIGNING_KEY: "secret" }, "INNGEST_SIGNING_KEY"],
  ["a server without keys", { INNGEST_BASE_URL: "http://inngest:8288" }, "INNGEST_EVENT_KEY"],
  ["a development server of others", { INNGEST_DEV: "yes please" }, "INNGEST_DEV"],
  ["a development server, open to the network", { INNGEST_DEV: "1", HOST: "0.0.0.0" }, "INNGEST_DEV"],
  [
    "a development server behind an address",
    { INNGEST_DEV: "1", NEXTAUTH_URL: "https://a.example" },
    "INNGEST_DEV",
  ],
  ["more steps at once than there are", { INNGEST_CONCURRENCY: "5000" }, "INNGEST_CONCURRENCY"],
];

test.each(wrong)("%s stops the start with the setting's name", (_name, values, named) => {
  expect(() => parseEnv({ ...BASE, ...values })).toThrow(new RegExp(`^  ${named}: expected`, "m"));
});

test("Vercel without what it needs is told every name at once, and with it is content", () => {
  expect(() => parseEnv({ ...BASE, VERCEL: "1", DATA_DIR: "/var/sheets" })).toThrow(
    /WORKER: .*\n.*DATA_DIR: .*\n.*INNGEST_EVENT_KEY: .*\n.*BLOB_READ_WRITE_TOKEN: .*\n.*ENCRYPTION_KEY: .*\n.*NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: /,
  );
  const whole = {
    ...{ VERCEL: "1", WORKER: "off", DATA_DIR: "/tmp/contact-sheet", ...KEYS },
    ...{ ENCRYPTION_KEY: KEY, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: KEY },
    BLOB_READ_WRITE_TOKEN: "vercel_blob_rw_Store1_Secret1",
  };
  expect(parseEnv({ ...BASE, ...whole }).WORKER).toBe("off");
});

test("one of several instances without what they share is told every name", () => {
  expect(() => checkSeveral({ INSTANCES: "2", DATABASE_URL: BASE.DATABASE_URL })).toThrow(
    /NEXTAUTH_SECRET[\s\S]*ENCRYPTION_KEY[\s\S]*NEXT_SERVER_ACTIONS_ENCRYPTION_KEY[\s\S]*DEPLOYMENT_ID/,
  );
  expect(() => checkSeveral({ INSTANCES: "two" })).toThrow("INSTANCES");
  for (const INSTANCES of [undefined, "", "1"]) expect(() => checkSeveral({ INSTANCES })).not.toThrow();
});
