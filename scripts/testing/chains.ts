import { createHash, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { attempts, images, items, sessions, steps } from "@/db/schema";
import { sharp } from "@/lib/images/decoder";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { wireChain } from "@/lib/steps/wire-chain";
import { storage } from "@/lib/storage";
import { newUploadKey } from "@/lib/storage/keys";

export type MadeStep = { prompt: string | null; source?: number; references?: number[]; enabled?: boolean };

export type MadeChain = {
  id: string;
  inputIds: string[];
  stepIds: string[];
  /** By input and step, both from 0. */
  cells: { itemId: string; attemptId: string | null; imageId: string | null }[][];
};

/** What became of a step of an input, both from 1: done unless told otherwise; null: it never ran. */
export type Fate = (input: number, step: number) => Partial<typeof items.$inferInsert> | null;

/** A session that has run a chain: rows as the engine leaves them, each result with a picture of its own. */
export async function newChainRun({
  userId,
  prompt = "cut out",
  steps: chain,
  inputIds,
  sessionId,
  fate = () => ({}),
}: {
  userId: string;
  prompt?: string;
  steps: MadeStep[];
  inputIds: string[];
  sessionId: string;
  fate?: Fate;
}): Promise<MadeChain> {
  const wired = chain.map((step, at) => ({ source: at, references: [], enabled: true, ...step }));
  const fedBy = wireChain(wired);
  await db().delete(steps).where(eq(steps.sessionId, sessionId));
  const stepIds: string[] = [];
  for (const [at, { prompt, source, references, enabled }] of wired.entries()) {
    const [step] = await db()
      .insert(steps)
      .values({
        ownerId: userId,
        sessionId,
        position: at + 1,
        prompt,
        enabled,
        sourceStep: source || null,
        referenceSteps: references,
        fedBy: fedBy[at] ?? [0],
      })
      .returning({ id: steps.id });
    stepIds.push(step?.id ?? "");
  }
  await db()
    .update(sessions)
    .set({
      prompt,
      stepCount: chain.length,
      state: "finished",
      startedAt: sql`now()`,
      finishedAt: sql`now()`,
      snapshot: { prompt, settings: DEFAULT_SETTINGS, frozenAt: new Date().toISOString() },
    })
    .where(eq(sessions.id, sessionId));
  const cells: MadeChain["cells"] = [];
  for (const [n, inputId] of inputIds.entries()) {
    const made: MadeChain["cells"][number] = [];
    for (const [at, step] of wired.entries()) {
      const over = fate(n + 1, at + 1);
      if (over === null || !step.enabled) {
        made.push({ itemId: "", attemptId: null, imageId: null });
        continue;
      }
      const fed = (fedBy[at] ?? []).flatMap((place) => made[place - 1]?.attemptId ?? []);
      const own = { ownerId: userId, sessionId, inputId, stepId: stepIds[at] ?? "", position: n + 1 };
      made.push(await newCell(own, { over, fed, prompt: step.prompt ?? prompt }));
    }
    cells.push(made);
  }
  await countItems(sessionId);
  return { id: sessionId, inputIds, stepIds, cells };
}

type Own = { ownerId: string; sessionId: string; inputId: string; stepId: string; position: number };

async function newCell(
  own: Own,
  { over, fed, prompt }: { over: Partial<typeof items.$inferInsert>; fed: string[]; prompt: string },
) {
  const status = over.status ?? "completed";
  const [item] = await db()
    .insert(items)
    .values({ ...own, connection: "studio", status, ...over })
    .returning({ id: items.id });
  const itemId = item?.id ?? "";
  if (status === "unmet" || status === "queued" || status === "cancelled")
    return { itemId, attemptId: null, imageId: null };
  const imageId = status === "completed" ? await newResult(own.ownerId) : null;
  const [attempt] = await db()
    .insert(attempts)
    .values({
      ownerId: own.ownerId,
      itemId,
      number: 1,
      runId: randomUUID(),
      prompt,
      model: "studio",
      settings: { output: DEFAULT_SETTINGS.output },
      fedBy: sql`array(select jsonb_array_elements_text(${JSON.stringify(fed)}::jsonb)::uuid)`,
      imageId,
      outcome: imageId ? "completed" : "failed",
      finishedAt: sql`now()`,
      ...(imageId ? {} : { errorCode: "timeout", errorWords: "No answer after 4 tries." }),
    })
    .returning({ id: attempts.id });
  await db()
    .update(items)
    .set({ attemptCount: 1, ...(imageId ? { currentAttemptId: attempt?.id } : {}) })
    .where(eq(items.id, itemId));
  return { itemId, attemptId: attempt?.id ?? null, imageId };
}

let colours = 0;

/** A stored picture unlike every other. */
async function newResult(ownerId: string): Promise<string> {
  colours += 1;
  const [red, green, blue] = [colours & 255, (colours >> 8) & 255, 120];
  const bytes = await sharp({
    create: { width: 8, height: 8, channels: 3, background: { r: red, g: green, b: blue } },
  })
    .png()
    .toBuffer();
  const storageKey = newUploadKey(ownerId);
  await storage().put(storageKey, bytes);
  const [image] = await db()
    .insert(images)
    .values({
      ownerId,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
      width: 8,
      height: 8,
      format: "png",
      alpha: false,
      storageKey,
      thumbhash: "",
    })
    .returning({ id: images.id });
  return image?.id ?? "";
}

async function countItems(sessionId: string): Promise<void> {
  const count = (status: string) =>
    sql`(select count(*)::int from items where session_id = ${sessionId} and status = ${status})`;
  await db().execute(sql`
    update sessions set completed_count = ${count("completed")}, failed_count = ${count("failed")},
      unmet_count = ${count("unmet")}, queued_count = ${count("queued")}, running_count = ${count("running")}
    where id = ${sessionId}`);
}
