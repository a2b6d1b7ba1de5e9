import { createHash, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { images, inputs, sessions, users } from "@/db/schema";
import { sharp } from "@/lib/images/decoder";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { createSession } from "@/lib/sessions/mutations/create-session";
import type { SessionSettings } from "@/lib/sessions/types";
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
  settings = {},
  budget = null,
}: {
  userId: string;
  count?: number;
  prompt?: string;
  model?: string;
  settings?: Partial<SessionSettings>;
  budget?: number | null;
}): Promise<{ id: string; inputIds: string[] }> {
  const { id } = await createSession({
    userId,
    intent: randomUUID(),
    prompt,
    settings: { ...DEFAULT_SETTINGS, model, ...settings },
  });
  await db().update(sessions).set({ budget }).where(eq(sessions.id, id));
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
