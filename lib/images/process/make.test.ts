import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { HEIGHT, picture, WIDTH } from "@/scripts/testing/hostile/pictures";
import { createPixelPool } from "./pool";

const pool = createPixelPool({ size: 1 });
const folder = await mkdtemp(join(tmpdir(), "make-"));
const path = join(folder, "source.jpg");
await writeFile(path, await picture().jpeg().toBuffer());
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

const request = {
  output: { format: "png", quality: 90, size: { mode: "keep" } },
  source: { path, format: "jpeg", width: WIDTH, height: HEIGHT, alpha: false },
  seed: null,
  workDir: folder,
} as const;

it("the built-in model edits in the pixel process, and its result passes the gate", async () => {
  const made = await pool.make({ ...request, prompt: "black and white" });
  const probed = await pool.probe(made.path, join(folder, "probe"));
  expect(probed).toMatchObject({ ok: true, image: { format: "png", width: WIDTH, height: HEIGHT } });
});

it("a prompt it does not understand comes back as the model's own refusal", async () => {
  await expect(pool.make({ ...request, prompt: "solve the riddle of the sphinx" })).rejects.toMatchObject({
    name: "ModelError",
    code: "bad_request",
    words: expect.stringMatching(/\w/),
  });
});
