import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { db } from "@/db";
import { users } from "@/db/schema";
import { signInAsOwner, startApp } from "@/e2e/app";
import { SheetClient, type TestFile } from "@/e2e/sheet-client";
import { forgetEnv } from "@/lib/env";
import { THUMB_WEBP } from "@/lib/images/constants";
import { sharp } from "@/lib/images/decoder";
import { THUMB_SIZES } from "@/lib/images/types";
import { createSession } from "@/lib/sessions/mutations/create-session";

const PHOTOS = 120;
const MUST = 0.7;

/** DESIGN.md section 11: files uploaded, decoded and thumbnailed over HTTP against a bare loop of the same decodes. */
export async function run() {
  const photos = await makePhotos(PHOTOS);
  const app = await startApp();
  try {
    const client = new SheetClient(app.address, await signInAsOwner(app));
    Object.assign(process.env, { DATABASE_URL: await app.databaseUrl(), DATA_DIR: app.dataDir });
    forgetEnv();
    await ingest(client, photos.slice(0, 8));
    const bareBefore = await bareLoop(photos);
    const ours = await ingest(client, photos.slice(8));
    const bareAfter = await bareLoop(photos);
    const bare = (bareBefore + bareAfter) / 2;
    return [
      {
        figure: `${ours.toFixed(1)} images/s`,
        reference: `${bare.toFixed(1)} images/s`,
        ratio: ours / bare,
        must: MUST,
      },
    ];
  } finally {
    await app.stop();
    app.clean();
  }
}

/** Images/s from the first byte sent to the last one ready. */
async function ingest(client: SheetClient, files: TestFile[]): Promise<number> {
  const [owner] = await db().select().from(users);
  if (!owner) throw new Error("no owner");
  const session = await createSession({ userId: owner.id, intent: randomUUID() });
  const started = performance.now();
  await client.upload(session.id, files);
  for (;;) {
    const { inputs } = await client.changes(session.id);
    if (inputs.length === files.length && inputs.every(([, , state]) => state === 2)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return files.length / ((performance.now() - started) / 1_000);
}

/** The same decode and the same three thumbnails with sharp alone, two at a time. */
async function bareLoop(files: TestFile[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "contact-sheet-bare-"));
  const queue = [...files.entries()];
  const started = performance.now();
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift())
      await bareOne(next[1], join(folder, `${next[0]}`));
  };
  await Promise.all([work(), work()]);
  const perSecond = files.length / ((performance.now() - started) / 1_000);
  await rm(folder, { recursive: true });
  return perSecond;
}

async function bareOne({ bytes }: TestFile, path: string) {
  await writeFile(`${path}.jpg`, bytes);
  const { data, info } = await sharp(`${path}.jpg`, { failOn: "warning" })
    .autoOrient()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  for (const size of THUMB_SIZES) {
    await sharp(data, { raw })
      .resize(size, size, { fit: "inside" })
      .webp(THUMB_WEBP)
      .toFile(`${path}-${size}.webp`);
  }
}

/** Different pictures of 1,920 x 1,280 with detail like a photo's. */
async function makePhotos(count: number): Promise<TestFile[]> {
  const photos: TestFile[] = [];
  for (let i = 0; i < count; i += 1) {
    const noise = { type: "gaussian", mean: 128, sigma: 30 } as const;
    const small = await sharp({ create: { width: 480, height: 320, channels: 3, background: "#777", noise } })
      .modulate({ hue: (i * 37) % 360 })
      .png()
      .toBuffer();
    const bytes = await sharp(small).resize(1920, 1280).jpeg({ quality: 88 }).toBuffer();
    photos.push({ name: `photo-${i}.jpg`, bytes });
  }
  return photos;
}
