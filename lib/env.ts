import { resolve } from "node:path";
import { z } from "zod";
import { isLoopbackName } from "./auth/loopback";
import { hostedTroubles } from "./hosted";
import { readOverride } from "./models/openai/catalogue/override";
import { storageDriver, storageFields, storageTroubles } from "./storage/schemas";

// scripts/start.mjs sets what a one-machine installation needs (DATABASE_URL, secrets, addresses);
// hosted installations set it themselves. README.md has the table.

const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((value) => value || undefined);

const httpAddress = z
  .url({ protocol: /^https?$/, error: "an http:// or https:// address" })
  .transform((address) => address.replace(/\/+$/, ""));

function rate(most: number) {
  return optionalText.pipe(
    z.coerce
      .number<string>(`a number up to ${most}`)
      .positive("more than 0")
      .max(most, `at most ${most}`)
      .optional(),
  );
}

function wholeNumber(most: number) {
  return optionalText.pipe(
    z.coerce
      .number<string>("a whole number")
      .int("a whole number")
      .min(1, "1 or more")
      .max(most, `at most ${most}`)
      .optional(),
  );
}

/** What the SDK takes for yes and no beside an address. */
const INNGEST_DEV_SERVER = "http://localhost:8288";
const inngestDev = optionalText.transform((value, context) => {
  if (value === undefined || /^(0|false)$/i.test(value)) return undefined;
  if (/^(1|true)$/i.test(value)) return INNGEST_DEV_SERVER;
  const address = httpAddress.safeParse(value);
  if (address.success) return address.data;
  context.addIssue("1, or the address of an Inngest development server, for example http://127.0.0.1:8288");
  return z.NEVER;
});

/** 32 bytes as hex or as base64, plain or for URLs. */
const sealingKey = optionalText.pipe(
  z
    .string()
    .regex(
      /^([0-9a-f]{64}|[\w+/-]{43}=?)$/i,
      "32 bytes as base64 or hex, for example from: openssl rand -base64 32",
    )
    .optional(),
);

const signingKey = optionalText.pipe(
  z
    .string()
    .regex(/^(signkey-\w+-)?[0-9a-f]{16,}$/i, "the signing key as Inngest shows it, or hex of one's own")
    .optional(),
);

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "a postgres:// address"),
  /** Beside a pooler at DATABASE_URL: the database itself, for migrations. */
  DATABASE_DIRECT_URL: optionalText.pipe(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, "a postgres:// address")
      .optional(),
  ),
  /** Connections of one process. */
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
  /** `transaction`: a pooler between, which knows no session (PgBouncer, Neon's pooled address). */
  DATABASE_POOLER: optionalText.pipe(z.enum(["none", "transaction"], "none or transaction").default("none")),
  NEXTAUTH_SECRET: z.string().min(32, "at least 32 characters, for example from: openssl rand -base64 48"),
  /** Public address. Its scheme decides on secure cookies. */
  NEXTAUTH_URL: z.url("the address people open, for example https://sheet.example.com"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().default(3000),
  DATA_DIR: z
    .string()
    .default(".data")
    .transform((path) => resolve(path)),
  SIGN_UP: z.enum(["open", "closed"]).default("open"),
  WORKER: z.enum(["separate", "inline", "off"]).default("separate"),
  /** Set by the supervisor: jobs may ask the database for longer than pages (R88). */
  ROLE: z.enum(["web", "worker"]).catch("web"),
  /** Items the built-in model makes at once; default: processor cores. */
  STUDIO_CONCURRENCY: z.coerce.number().int().min(1).max(64).optional(),
  /** The installation's own way to a provider, for everybody on it. */
  OPENAI_API_KEY: optionalText.pipe(
    z
      .string()
      .regex(/^[!-~]+$/, "a key of plain letters, digits and signs, without spaces")
      .optional(),
  ),
  OPENAI_BASE_URL: optionalText.pipe(httpAddress.optional()),
  OPENAI_DIALECT: optionalText.pipe(
    z
      .enum(
        ["openai", "sd-server", "localai", "vllm-omni", "sglang"],
        "openai, sd-server, localai, vllm-omni or sglang",
      )
      .default("openai"),
  ),
  OPENAI_MODEL: optionalText,
  /** File with models, prices and limits beside the ones that come along (lib/models/openai/catalogue). */
  OPENAI_CATALOGUE: optionalText.transform((path, context) => {
    try {
      return path === undefined ? undefined : readOverride(path);
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : String(error));
      return z.NEVER;
    }
  }),
  /** What the limiter starts from; without them it learns. */
  OPENAI_IMAGES_PER_MINUTE: rate(100_000),
  OPENAI_REQUESTS_PER_MINUTE: rate(100_000),
  OPENAI_IN_FLIGHT: wholeNumber(256),
  /** Seals the keys that people put in; the old one still opens what it sealed. */
  ENCRYPTION_KEY: sealingKey,
  ENCRYPTION_KEY_OLD: sealingKey,
  /** Whether people may name addresses of this machine and its network. */
  PRIVATE_CONNECTIONS: optionalText.pipe(z.enum(["allow", "refuse"], "allow or refuse").default("refuse")),
  /** Dollars a calendar month (UTC) may cost a person who has set no limit of their own. */
  MONTHLY_BUDGET: rate(1_000_000),
  GITHUB_ID: optionalText,
  GITHUB_SECRET: optionalText,
  GITHUB_URL: z.url().default("https://github.com"),
  GITHUB_API_URL: z.url().default("https://api.github.com"),
  GOOGLE_ID: optionalText,
  GOOGLE_SECRET: optionalText,
  GOOGLE_ISSUER: z.url().default("https://accounts.google.com"),
  /** Server for the e-mail that tells of a finished run; with MAIL_FROM. */
  SMTP_URL: optionalText.pipe(
    z
      .string()
      .regex(/^smtps?:\/\/./, "smtp://user:password@host:587 or smtps://…")
      .optional(),
  ),
  MAIL_FROM: optionalText.pipe(
    z.string().regex(/@/, 'an address, for example "Contact Sheet <sheet@example.com>"').optional(),
  ),
  ...storageFields,
  /** What several instances must have in common; scripts/start/several.mjs asks for it. A build holds the last two. */
  INSTANCES: wholeNumber(1_000),
  DEPLOYMENT_ID: optionalText.pipe(
    z
      .string()
      .regex(/^[\w-]{1,64}$/, "letters, digits, - and _, for example the commit")
      .optional(),
  ),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: optionalText.pipe(
    z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, "32 bytes as base64, for example from: openssl rand -base64 32")
      .optional(),
  ),
  /** Set to 1 by Vercel. */
  VERCEL: optionalText,
  /** A development server, which signs nothing: on this machine only. */
  INNGEST_DEV: inngestDev,
  /** A server of one's own; without it, Inngest Cloud. */
  INNGEST_BASE_URL: optionalText.pipe(httpAddress.optional()),
  INNGEST_EVENT_KEY: optionalText,
  INNGEST_SIGNING_KEY: signingKey,
  INNGEST_SIGNING_KEY_FALLBACK: signingKey,
  /** Where Inngest reaches this app, when that is not its public address. */
  INNGEST_SERVE_ORIGIN: optionalText.pipe(httpAddress.optional()),
  /** Steps at once for one owner, and for one connection; no more than the Inngest plan has. */
  INNGEST_CONCURRENCY: wholeNumber(1_000).transform((limit) => limit ?? 100),
});

const checked = schema
  .refine(({ SMTP_URL, MAIL_FROM }) => !SMTP_URL || MAIL_FROM, {
    path: ["MAIL_FROM"],
    message: "the address that mail comes from, since SMTP_URL is set",
  })
  .refine(({ OPENAI_DIALECT, OPENAI_BASE_URL }) => OPENAI_DIALECT === "openai" || OPENAI_BASE_URL, {
    path: ["OPENAI_BASE_URL"],
    message: "the address of the server, since OPENAI_DIALECT is not openai",
  })
  .refine(({ INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY }) => !INNGEST_EVENT_KEY || INNGEST_SIGNING_KEY, {
    path: ["INNGEST_SIGNING_KEY"],
    message: "the signing key, since INNGEST_EVENT_KEY is set: calls without a signature are refused",
  })
  .refine(
    ({ INNGEST_DEV, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, INNGEST_BASE_URL }) =>
      INNGEST_DEV || INNGEST_EVENT_KEY || !(INNGEST_SIGNING_KEY || INNGEST_BASE_URL),
    { path: ["INNGEST_EVENT_KEY"], message: "the event key, since other INNGEST_ settings are there" },
  )
  .refine(
    ({ INNGEST_DEV, HOST, NEXTAUTH_URL }) =>
      !INNGEST_DEV || (isLoopbackName(HOST) && isLoopbackName(new URL(NEXTAUTH_URL).hostname)),
    {
      path: ["INNGEST_DEV"],
      message:
        "nothing, since others can reach this installation: a development server signs nothing. Use INNGEST_BASE_URL with keys",
    },
  )
  .superRefine((values, context) => {
    const hosted = hostedTroubles(values, storageDriver(values));
    for (const { name, message } of [...storageTroubles(values), ...hosted]) {
      context.addIssue({ code: "custom", path: [name], message });
    }
  });

export type Env = z.infer<typeof schema>;

/** The name of every setting. */
export const ENV_NAMES: readonly string[] = Object.keys(schema.shape);

let cached: Env | undefined;

/** The checked configuration. Throws once, with the name of each wrong value and what is expected. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Reads the environment anew at the next `env()`: for tests, which change it. */
export function forgetEnv(): void {
  cached = undefined;
}

export function parseEnv(values: Record<string, string | undefined>): Env {
  const parsed = checked.safeParse(values);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: expected ${issue.message}`);
  throw new Error(`The configuration is not usable:\n${lines.join("\n")}`);
}

type EngineEnv = Pick<Env, "INNGEST_DEV" | "INNGEST_EVENT_KEY" | "INNGEST_BASE_URL">;

/** Which engine runs the durable functions. */
export function engineName(values: EngineEnv = env()): "inngest" | "embedded" {
  return values.INNGEST_DEV || values.INNGEST_EVENT_KEY ? "inngest" : "embedded";
}

/** The Inngest server of one's own; null for Inngest Cloud and on the embedded engine. */
export function inngestAddress(values: EngineEnv = env()): string | null {
  return values.INNGEST_BASE_URL ?? values.INNGEST_DEV ?? null;
}
