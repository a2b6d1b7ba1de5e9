import { z } from "zod";

/** Where bytes live: what the environment may say. Part of lib/env.ts; scripts/move-storage.ts reads it alone. */
export const storageFields = {
  /** Needed only where the settings of both services are there. */
  STORAGE: text().pipe(z.enum(["disk", "s3", "vercel-blob"], "disk, s3 or vercel-blob").optional()),
  S3_ENDPOINT: text().pipe(
    z
      .url({
        protocol: /^https?$/,
        error: "an address without the bucket, like https://s3.eu-west-1.example.com",
      })
      .transform((address) => address.replace(/\/+$/, ""))
      .optional(),
  ),
  S3_REGION: text().transform((region) => region ?? "us-east-1"),
  S3_BUCKET: text().pipe(
    z
      .string()
      .regex(/^[\w.-]{3,63}$/, "the name of a bucket")
      .optional(),
  ),
  S3_ACCESS_KEY_ID: text(),
  S3_SECRET_ACCESS_KEY: text(),
  BLOB_READ_WRITE_TOKEN: text().pipe(
    z
      .string()
      .regex(
        /^vercel_blob_rw_[A-Za-z0-9]+_[A-Za-z0-9]+$/,
        "a token like vercel_blob_rw_…, of a private store",
      )
      .optional(),
  ),
};

const checked = z.object(storageFields);

export type StorageSettings = z.infer<typeof checked>;
export type StorageDriver = NonNullable<StorageSettings["STORAGE"]>;
type Name = keyof StorageSettings;

const S3_NAMES = ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;

/** The driver that the settings choose; disk where they name no service. */
export function storageDriver(settings: StorageSettings): StorageDriver {
  if (settings.STORAGE) return settings.STORAGE;
  if (hasS3(settings)) return "s3";
  return settings.BLOB_READ_WRITE_TOKEN ? "vercel-blob" : "disk";
}

/** What is missing or does not go together: the name of a setting and what is expected of it. */
export function storageTroubles(
  settings: StorageSettings & { NEXTAUTH_URL?: string },
): { name: Name; message: string }[] {
  const troubles: { name: Name; message: string }[] = [];
  const { STORAGE, S3_ENDPOINT, BLOB_READ_WRITE_TOKEN } = settings;
  if (hasS3(settings) || STORAGE === "s3") {
    for (const name of S3_NAMES) {
      if (!settings[name]) troubles.push({ name, message: "a value, since the storage is S3" });
    }
  }
  if (STORAGE === "vercel-blob" && !BLOB_READ_WRITE_TOKEN) {
    troubles.push({ name: "BLOB_READ_WRITE_TOKEN", message: "a token, since STORAGE is vercel-blob" });
  }
  if (!STORAGE && hasS3(settings) && BLOB_READ_WRITE_TOKEN) {
    troubles.push({ name: "STORAGE", message: "s3 or vercel-blob, since the settings of both are there" });
  }
  const pagesAreSecure = settings.NEXTAUTH_URL?.startsWith("https://");
  if (storageDriver(settings) === "s3" && pagesAreSecure && S3_ENDPOINT?.startsWith("http://")) {
    // Browsers lift what a page asks for to https, and would find nothing there.
    troubles.push({ name: "S3_ENDPOINT", message: "an https:// address, since NEXTAUTH_URL is one" });
  }
  return troubles;
}

/** The settings out of an environment. Throws with the name of each wrong one. */
export function parseStorageSettings(values: Record<string, string | undefined>): StorageSettings {
  const parsed = checked.safeParse(values);
  const troubles = parsed.success
    ? storageTroubles(parsed.data)
    : parsed.error.issues.map(({ path, message }) => ({ name: path.join("."), message }));
  if (parsed.success && troubles.length === 0) return parsed.data;
  const lines = troubles.map(({ name, message }) => `  ${name}: expected ${message}`);
  throw new Error(`The configuration is not usable:\n${lines.join("\n")}`);
}

function hasS3(settings: StorageSettings): boolean {
  return S3_NAMES.some((name) => settings[name] !== undefined);
}

function text() {
  return z
    .string()
    .trim()
    .optional()
    .transform((value) => value || undefined);
}
