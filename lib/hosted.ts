import { tmpdir } from "node:os";
import { isAbsolute, relative } from "node:path";

type Values = {
  VERCEL?: string;
  WORKER: string;
  DATA_DIR: string;
  INNGEST_EVENT_KEY?: string;
  ENCRYPTION_KEY?: string;
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY?: string;
};

type Trouble = { name: keyof Values | "BLOB_READ_WRITE_TOKEN"; message: string };

/** What would not work where nothing stays between two requests and no disk is shared (docs/deploy.md). */
export function hostedTroubles(values: Values, storage: string): Trouble[] {
  if (values.VERCEL !== "1") return [];
  const troubles: (Trouble | false)[] = [
    values.WORKER !== "off" && { name: "WORKER", message: "off, since no worker can live on Vercel" },
    !isTemporary(values.DATA_DIR) && {
      name: "DATA_DIR",
      message: "a folder below /tmp, for example /tmp/contact-sheet: nothing else can be written on Vercel",
    },
    !values.INNGEST_EVENT_KEY && {
      name: "INNGEST_EVENT_KEY",
      message: "the event key of Inngest, which calls the functions on Vercel",
    },
    storage === "disk" && {
      name: "BLOB_READ_WRITE_TOKEN",
      message: "the token of a private Blob store, or the settings of S3: Vercel keeps no files",
    },
    !values.ENCRYPTION_KEY && {
      name: "ENCRYPTION_KEY",
      message: "32 bytes, the same for all instances, for example from: openssl rand -base64 32",
    },
    !values.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY && {
      name: "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
      message: "32 bytes, the same for all instances, for example from: openssl rand -base64 32",
    },
  ];
  return troubles.filter((one) => one !== false);
}

function isTemporary(folder: string): boolean {
  return ["/tmp", tmpdir()].some((temporary) => {
    const path = relative(temporary, folder);
    return path !== "" && !path.startsWith("..") && !isAbsolute(path);
  });
}
