import "server-only";
import { and, asc, eq } from "drizzle-orm";
import { db } from "@/db";
import { attempts, images, inputs, items } from "@/db/schema";
import { type ManifestColumn, manifestCsv, manifestJson } from "@/lib/zip/manifest";
import { archiveNames } from "@/lib/zip/names";
import type { DownloadList, ManifestEntry } from "@/lib/zip/types";
import { isShared } from "./list-shared-results";
import type { OpenShare } from "./resolve-share";

/** All that a visitor's archive is built from, or null where the link allows no download. */
export async function getSharedDownload(share: OpenShare, token: string): Promise<DownloadList | null> {
  const { options, title } = share;
  if (!options.download) return null;
  const rows = await listFiles(share);
  const names = archiveNames(
    rows.map(({ item, input, image }) => ({
      n: item.position,
      variant: item.variant,
      format: image.format,
      sourceName: options.names ? input.sourceName : "",
      sourcePath: options.names ? input.sourcePath : "",
    })),
    { pattern: options.names ? share.namePattern : "{n}", session: title },
  );
  const entries = rows.map((row, index) => entryOf(row, names[index] ?? null));
  const columns: ManifestColumn[] = [
    ...BASE_COLUMNS,
    ...(options.names ? NAME_COLUMNS : []),
    ...(options.prompts ? PROMPT_COLUMNS : []),
  ];
  return {
    session: { name: title },
    files: rows.map(({ item, image }, index) => ({
      itemId: String(item.position),
      name: names[index] ?? "",
      url: `/api/shares/${token}/files/${image.id}/full`,
      bytes: image.bytes,
      sha256: image.sha256,
    })),
    failed: [],
    manifestCsv: manifestCsv(entries, columns),
    manifestJson: manifestJson(entries, { session: title, madeAt: new Date().toISOString(), columns }),
  };
}

const BASE_COLUMNS = ["n", "variant", "file", "sha256", "bytes", "width", "height"] as const;
const NAME_COLUMNS = ["source", "folder"] as const;
const PROMPT_COLUMNS = ["prompt"] as const;

function listFiles({ sessionId }: OpenShare) {
  return db()
    .select({ item: items, input: inputs, attempt: attempts, image: images })
    .from(items)
    .innerJoin(attempts, eq(attempts.id, items.currentAttemptId))
    .innerJoin(images, eq(images.id, attempts.imageId))
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .where(and(isShared(sessionId)))
    .orderBy(asc(items.position));
}

type FileRow = Awaited<ReturnType<typeof listFiles>>[number];

function entryOf({ item, input, attempt, image }: FileRow, file: string | null): ManifestEntry {
  return {
    n: item.position,
    variant: item.variant,
    sourceName: input.sourceName,
    sourcePath: input.sourcePath,
    sourceSha256: null,
    file,
    sha256: image.sha256,
    bytes: image.bytes,
    width: image.width,
    height: image.height,
    prompt: attempt.prompt,
    model: null,
    modelVersion: null,
    settings: null,
    seed: null,
    startedAt: null,
    finishedAt: null,
    attempt: attempt.number,
    status: item.status,
    error: null,
    chain: null,
  };
}
