import { join } from "node:path";
import { diskStorage } from "./disk";
import { loadedWhenUsed } from "./remote/loaded-when-used";
import { remoteStorage } from "./remote/remote-storage";
import type { StorageDriver, StorageSettings } from "./schemas";
import type { Storage } from "./types";

/** Opens one of the storages that the settings describe. Throws when they do not describe this one. */
export function openStorage(
  driver: StorageDriver,
  settings: StorageSettings & { DATA_DIR: string; NEXTAUTH_URL?: string },
): Storage {
  const workDir = join(settings.DATA_DIR, "work");
  switch (driver) {
    case "disk":
      return diskStorage(join(settings.DATA_DIR, "storage"));
    case "s3": {
      const config = s3Config(settings);
      const store = loadedWhenUsed(async () => (await import("./s3")).s3Store(config));
      return remoteStorage(store, { workDir });
    }
    case "vercel-blob": {
      const token = need(settings, "BLOB_READ_WRITE_TOKEN");
      const config = { token, callbackUrl: callbackUrl(settings.NEXTAUTH_URL) };
      const store = loadedWhenUsed(async () => (await import("./vercel-blob")).blobStore(config));
      return remoteStorage(store, { workDir });
    }
  }
}

function s3Config(settings: StorageSettings) {
  return {
    endpoint: need(settings, "S3_ENDPOINT"),
    region: settings.S3_REGION,
    bucket: need(settings, "S3_BUCKET"),
    accessKeyId: need(settings, "S3_ACCESS_KEY_ID"),
    secretAccessKey: need(settings, "S3_SECRET_ACCESS_KEY"),
  };
}

/** The service reaches public addresses only. */
function callbackUrl(address: string | undefined): string | null {
  return address?.startsWith("https://") ? new URL("/api/uploads/landed", address).href : null;
}

function need(settings: StorageSettings, name: keyof StorageSettings): string {
  const value = settings[name];
  if (!value) throw new Error(`${name}: expected a value`);
  return value;
}
