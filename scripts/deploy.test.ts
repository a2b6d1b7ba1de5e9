import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { ENV_NAMES, engineName, parseEnv } from "@/lib/env";
import { programPath } from "./start/programs.mjs";
import { PROJECT } from "./start/settings.mjs";
import { checkSeveral } from "./start/several.mjs";
import { readYaml } from "./testing/read-yaml";

// What a container engine would find out, as far as it can be told without one.

const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");

const serviceSchema = z.object({
  image: z.string().optional(),
  build: z.object({ args: z.record(z.string(), z.string()) }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.unknown()).default({}),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
});
const { services, volumes } = composeSchema.parse(readYaml(read("compose.yaml")));

/** What stands in the file .env that docs/deploy.md asks for. */
const DOTENV: Record<string, string> = {
  NEXTAUTH_URL: "https://sheet.example.com",
  NEXTAUTH_SECRET: "s".repeat(64),
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString("base64"),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, 2).toString("base64"),
  DEPLOYMENT_ID: "1",
  POSTGRES_PASSWORD: "ab".repeat(24),
  INNGEST_EVENT_KEY: "cd".repeat(32),
  INNGEST_SIGNING_KEY: "ef".repeat(32),
};

function filledIn(environment: Record<string, string>): Record<string, string> {
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)(:\?|:-([^}]*))\}/g, (_all, name: string, how: string, fallback = "") => {
      const value = DOTENV[name];
      if (value === undefined && how === ":?") throw new Error(`${name} is not in .env`);
      return value ?? fallback;
    });
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]));
}

test("compose.yaml has pages, functions, Postgres, Redis and Inngest, and every volume and service it names", () => {
  expect(Object.keys(services).sort()).toEqual(["app", "inngest", "postgres", "redis", "worker"]);
  const mounted = Object.values(services).flatMap((one) =>
    one.volumes.map((volume) => volume.split(":")[0] ?? ""),
  );
  for (const name of mounted) {
    expect(name.startsWith("./") ? existsSync(join(PROJECT, name)) : name in volumes, name).toBe(true);
  }
  const needed = Object.values(services).flatMap((one) => Object.keys(one.depends_on));
  expect(needed.filter((name) => !(name in services))).toEqual([]);
});

test.each(["app", "worker"])(
  "the settings of %s are known, complete and usable with the .env of the page",
  (name) => {
    const environment = services[name]?.environment ?? {};
    expect(Object.keys(environment).filter((one) => !ENV_NAMES.includes(one))).toEqual([]);
    const values = filledIn(environment);
    expect(() => checkSeveral(values)).not.toThrow();
    const env = parseEnv({ HOST: "0.0.0.0", DATA_DIR: "/data", ...values });
    expect(engineName(env)).toBe("inngest");
    expect(env).toMatchObject({ WORKER: name === "app" ? "off" : "separate", INSTANCES: 2 });
  },
);

test("Inngest, its app and its database agree on keys and addresses", () => {
  const inngest = filledIn(services.inngest?.environment ?? {});
  const worker = filledIn(services.worker?.environment ?? {});
  expect(inngest.INNGEST_EVENT_KEY).toBe(worker.INNGEST_EVENT_KEY);
  expect(worker.INNGEST_SIGNING_KEY).toBe(`signkey-prod-${inngest.INNGEST_SIGNING_KEY}`);
  for (const address of [worker.INNGEST_BASE_URL, worker.INNGEST_SERVE_ORIGIN, inngest.INNGEST_REDIS_URI]) {
    expect(Object.keys(services)).toContain(new URL(address ?? "").hostname);
  }
  expect(read("scripts/inngest-database.sql")).toContain(
    `create database ${new URL(inngest.INNGEST_POSTGRES_URI ?? "").pathname.slice(1)};`,
  );
});

test("docs/deploy.md tells of every setting that compose.yaml asks for", () => {
  const page = read("docs/deploy.md");
  const asked = [...read("compose.yaml").matchAll(/\$\{(\w+):\?\}/g)].map(([, name = ""]) => name);
  expect(asked.filter((name) => !(name in DOTENV) || !page.includes(`${name}=`))).toEqual([]);
});

test("what the Dockerfile copies and runs is in the project, and its build gets what a build holds", () => {
  const dockerfile = read("Dockerfile").replaceAll("\\\n", "");
  const copied = [...dockerfile.matchAll(/^COPY (?:--\S+ )*(.+) \S+$/gm)].flatMap(([, from = ""]) =>
    from.split(" "),
  );
  expect(copied.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read("package.json")));
  const run = [...dockerfile.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
  expect(run.filter((name) => !(name in scripts))).toEqual([]);
  expect(run).toContain("build");
  const [, start = ""] = /^CMD \["node", "(.+)"\]$/m.exec(dockerfile) ?? [];
  expect(existsSync(join(PROJECT, start))).toBe(true);
  const args = [...dockerfile.matchAll(/^ARG (\w+)$/gm)].map(([, name = ""]) => name);
  expect(Object.keys(services.app?.build?.args ?? {}).sort()).toEqual(args.sort());
  expect(read(".dockerignore").split("\n")).toEqual(
    expect.arrayContaining([".env", ".git", ".data", "node_modules"]),
  );
});

test("Vercel's build migrates before it builds, with files that are there", () => {
  const { buildCommand } = z.object({ buildCommand: z.string() }).parse(JSON.parse(read("vercel.json")));
  const [bundle = "", prepare, build] = buildCommand.split(" && ");
  expect(existsSync(join(PROJECT, bundle.replace("node ", "")))).toBe(true);
  expect(prepare).toBe(`node ${relative(PROJECT, programPath("prepare"))}`);
  expect(build).toBe("next build");
});
