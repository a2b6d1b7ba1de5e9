import { createHash, randomUUID } from "node:crypto";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { images, inputs, sessions, users } from "@/db/schema";
import { sharp } from "@/lib/images/decoder";
import { registerModel } from "@/lib/models/registry";
import { type ImageModel, type MakeRequest, ModelError } from "@/lib/models/types";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { storage } from "@/lib/storage";
import { newUploadKey } from "@/lib/storage/keys";

export async function newUser(overrides: Partial<typeof users.$inferInsert> = {}): Promise<{ id: string }> {
  const [user] = await db()
    .insert(users)
    .values({ email: `${randomUUID()}@example.com`, name: "Somebody", ...overrides })
    .returning({ id: users.id });
  if (!user) throw new Error("no user");
  return user;
}

/** A draft with `count` ready inputs that share one small stored picture. */
export async function newDraft({
  userId,
  count = 3,
  prompt = "black and white",
  model = "echo",
}: {
  userId: string;
  count?: number;
  prompt?: string;
  model?: string;
}): Promise<{ id: string; inputIds: string[] }> {
  const { id } = await createSession({
    userId,
    intent: randomUUID(),
    prompt,
    settings: { ...DEFAULT_SETTINGS, model },
  });
  const imageId = await newImage(userId);
  await db().execute(sql`
    insert into inputs (owner_id, session_id, position, state, source_name, source_bytes, image_id)
    select ${userId}, ${id}, n, 'ready', 'photo-' || n || '.png', 100, ${imageId}
    from generate_series(1, ${count}) n`);
  const rows = await db()
    .select({ id: inputs.id })
    .from(inputs)
    .where(eq(inputs.sessionId, id))
    .orderBy(inputs.position);
  return { id, inputIds: rows.map((row) => row.id) };
}

/** A stored 8 x 8 PNG of that owner. */
export async function newImage(ownerId: string): Promise<string> {
  const bytes = await tinyPng();
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
    .onConflictDoUpdate({ target: [images.ownerId, images.sha256], set: { createdAt: sql`now()` } })
    .returning({ id: images.id });
  if (!image) throw new Error("no image");
  return image.id;
}

export function tinyPng(colour = "#336699"): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

export async function sessionRow(sessionId: string) {
  const [row] = await db().select().from(sessions).where(eq(sessions.id, sessionId));
  if (!row) throw new Error("no session");
  return row;
}

export type EchoCall = MakeRequest;

/**
 * Registers a model that answers with its own source, at once. Words in the prompt steer it: `fail`, `block`,
 * `slow down`, `refuse key`. Answers the list of calls it got.
 */
export function registerEchoModel(delayMs = 0): EchoCall[] {
  const calls: EchoCall[] = [];
  const model: ImageModel = {
    id: "echo",
    label: "Echo",
    connection: "echo",
    isolated: false,
    capabilities: {
      edits: true,
      textToImage: false,
      seed: false,
      negativePrompt: false,
      steps: false,
      mask: false,
      maxPromptChars: 1_000,
      maxInputs: 1,
      paid: false,
      qualities: [],
      sizes: { kind: "output" },
      backgrounds: [],
      moderation: false,
      complexity: false,
      formats: ["png", "jpeg", "webp"],
    },
    plan: () => [],
    price: () => ({ min: 0, max: 0 }),
    async make(request, { send }) {
      await send();
      calls.push(request);
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      steer(request.prompt);
      const path = join(request.workDir, "echo.png");
      if (request.source) await copyFile(request.source.path, path);
      else await writeFile(path, await tinyPng());
      return { path, modelVersion: "echo-1", requestId: null, usage: null, cost: 0, used: {}, notes: [] };
    },
  };
  registerModel(model);
  return calls;
}

function steer(prompt: string) {
  if (prompt.includes("fail")) throw new ModelError("bad_request", "Echo was told to fail.");
  if (prompt.includes("block")) throw new ModelError("blocked", "Echo was told to block.");
  if (prompt.includes("slow down"))
    throw new ModelError("rate_limited", "Echo is busy.", { retryAfterMs: 1_000 });
  if (prompt.includes("refuse key")) throw new ModelError("auth", "Echo refuses the key.");
}
