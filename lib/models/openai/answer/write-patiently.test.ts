import { open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writePatiently } from "./write-patiently";

const bytes = Buffer.from("all of the picture");

/** A file on a disk that is full for some writes, and that takes a few bytes at a time. */
async function writeToFull({ fullFor, giveUpMs }: { fullFor: number; giveUpMs?: number }): Promise<string> {
  const path = join(tmpdir(), `write-patiently-${process.pid}`);
  const file = await open(path, "w");
  let left = fullFor;
  const disk = {
    async write(from: Uint8Array, offset: number) {
      if (offset > 0 && left > 0) {
        left -= 1;
        throw Object.assign(new Error("no space"), { code: "ENOSPC" });
      }
      return file.write(from, offset, Math.min(5, from.length - offset));
    },
  };
  try {
    await writePatiently(disk, bytes, { againMs: 1, giveUpMs });
    return await readFile(path, "utf8");
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

test("a disk that is full for a while costs no byte and writes none twice", async () => {
  expect(await writeToFull({ fullFor: 20 })).toBe(bytes.toString());
});

test("a disk that stays full is told to whoever waits", async () => {
  await expect(writeToFull({ fullFor: 1_000_000, giveUpMs: 20 })).rejects.toMatchObject({ code: "ENOSPC" });
});
