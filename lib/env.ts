import { resolve } from "node:path";
import { z } from "zod";
import { readOverride } from "./models/openai/catalogue/override";

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

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "a postgres:// address"),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
  NEXTAUTH_SECRET: z.string().min(32, "at least 32 characters, for example from: openssl rand -base64 48"),
  /** Public address. Its scheme decides on secure cookies. */
  NEXTAUTH_URL: z.url("the address people open, for example https://sheet.example.com"),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z
    .string()
    .default(".data")
    .transform((path) => resolve(path)),
  SIGN_UP: z.enum(["open", "closed"]).default("open"),
  WORKER: z.enum(["separate", "inline", "off"]).default("separate"),
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
  OPENAI_IN_FLIGHT: optionalText.pipe(
    z.coerce
      .number<string>("a whole number")
      .int("a whole number")
      .min(1, "1 or more")
      .max(256, "at most 256")
      .optional(),
  ),
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
  INNGEST_DEV: optionalText,
  INNGEST_BASE_URL: optionalText,
  INNGEST_EVENT_KEY: optionalText,
  INNGEST_SIGNING_KEY: optionalText,
});

const checked = schema
  .refine(({ SMTP_URL, MAIL_FROM }) => !SMTP_URL || MAIL_FROM, {
    path: ["MAIL_FROM"],
    message: "the address that mail comes from, since SMTP_URL is set",
  })
  .refine(({ OPENAI_DIALECT, OPENAI_BASE_URL }) => OPENAI_DIALECT === "openai" || OPENAI_BASE_URL, {
    path: ["OPENAI_BASE_URL"],
    message: "the address of the server, since OPENAI_DIALECT is not openai",
  });

export type Env = z.infer<typeof schema>;

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

/** Which engine runs the durable functions. */
export function engineName(
  values: Pick<Env, "INNGEST_DEV" | "INNGEST_EVENT_KEY"> = env(),
): "inngest" | "embedded" {
  return values.INNGEST_DEV || values.INNGEST_EVENT_KEY ? "inngest" : "embedded";
}
