import { type StorageSettings, storageDriver } from "./schemas";

/** Where browsers send files themselves, as a source of a Content-Security-Policy; null: to the app alone. */
export function uploadSource(settings: StorageSettings): string | null {
  switch (storageDriver(settings)) {
    case "disk":
      return null;
    case "s3":
      return `${settings.S3_ENDPOINT}/${settings.S3_BUCKET}/`;
    case "vercel-blob":
      return "https://vercel.com/api/blob/";
  }
}
