import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { join, relative } from "node:path";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { sweepUnusedImages } from "@/lib/images/mutations";
import { thumbSizesFor } from "@/lib/images/thumb-sizes";
import { sweepLeftovers } from "@/lib/items/sweep-leftovers";
import { thumbKey } from "@/lib/storage/keys";
import { readTrace } from "../../fake-provider/pictures/trace";
import type { Facts } from "./facts";

/** Every completed item shows a whole picture that was made from its own source by its own call (I2). */
export async function checkResults({ items, attempts, images, calls, dataDir }: Facts): Promise<string[]> {
  const tries = new Map(attempts.map((attempt) => [attempt.id, attempt]));
  const problems = [];
  for (const item of items.filter(({ status }) => status === "completed")) {
    const attempt = tries.get(item.currentAttemptId ?? "");
    const image = images.get(attempt?.imageId ?? "");
    const path = join(dataDir, "storage", "files", image?.storageKey ?? "none");
    if (!attempt || attempt.itemId !== item.id || attempt.outcome !== "completed" || !existsSync(path)) {
      problems.push(`item ${item.number} shows nothing`);
      continue;
    }
    const bytes = readFileSync(path);
    const trace = await readTrace(bytes).catch(() => null);
    const call = calls.find(({ number }) => number === trace?.call);
    if (createHash("sha256").update(bytes).digest("hex") !== image?.sha256)
      problems.push(`item ${item.number}: its file is not what was stored`);
    if (trace?.source !== item.number)
      problems.push(`item ${item.number} was made from source ${trace?.source}`);
    if (call?.clientRequestId !== attempt.id)
      problems.push(`item ${item.number} shows the picture of attempt ${call?.clientRequestId}`);
  }
  return problems;
}

/** Once the sweeper has been, every file is named by a row and every row has its files (I5). */
export async function checkFiles({ session, dataDir }: Facts): Promise<string[]> {
  await sweepAll(dataDir);
  const rows = await db().execute<{
    sha256: string;
    storage_key: string;
    width: number;
    height: number;
    used: boolean;
  }>(sql`
    select sha256, storage_key, width, height,
      exists (select 1 from inputs where image_id = i.id) or exists (select 1 from attempts where image_id = i.id) as used
    from images i where owner_id = ${session.ownerId}`);
  const uploads = await db().execute<{ key: string }>(
    sql`select upload_key as key from inputs where upload_key is not null`,
  );
  const named = new Set([
    ...uploads.map(({ key }) => key),
    ...rows.flatMap(({ sha256, storage_key, width, height }) => [
      storage_key,
      ...thumbSizesFor(width, height).map((size) => thumbKey(session.ownerId, sha256, size)),
    ]),
  ]);
  const there = new Set(filesIn(join(dataDir, "storage", "files")));
  const left = [join(dataDir, "work"), join(dataDir, "storage", "tmp")].flatMap(filesIn);
  return [
    ...[...there].filter((key) => !named.has(key)).map((key) => `${key} is named by no row`),
    ...[...named].filter((key) => !there.has(key)).map((key) => `${key} is gone`),
    ...rows.filter(({ used }) => !used).map(({ storage_key }) => `nobody uses ${storage_key}`),
    ...left.map((name) => `${name} was left behind`),
  ];
}

/** What the sweeper of a few hours later does. */
async function sweepAll(dataDir: string): Promise<void> {
  const old = new Date(Date.now() - 2 * 3_600_000);
  for (const folder of [join(dataDir, "work"), join(dataDir, "storage", "tmp")]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), old, old);
  }
  await db().execute(sql`update images set created_at = now() - interval '2 hours'`);
  await sweepUnusedImages({ limit: 10_000 });
  await sweepLeftovers();
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.path, entry.name)));
}
