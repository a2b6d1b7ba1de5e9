import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { programPath } from "@/scripts/start/programs.mjs";
import { PROJECT } from "@/scripts/start/settings.mjs";
import { tinyPng } from "@/scripts/testing/factories";
import { buildFolder } from "./server-actions";

// Where only traced files are deployed, as on Vercel, what the route of Inngest needs must be among them. No import
// leads to a pixel process.

const MAX_BYTES = 250_000_000;

let folder: string;
let files: string[];
let child: ChildProcess | undefined;

beforeAll(() => {
  const trace = join(buildFolder(), "server/app/api/inngest/route.js.nft.json");
  const listed = z
    .object({ files: z.array(z.string()) })
    .parse(JSON.parse(readFileSync(trace, "utf8"))).files;
  files = listed.map((file) => resolve(dirname(trace), file));
  folder = mkdtempSync(join(tmpdir(), "contact-sheet-traced-"));
  for (const file of files) place(file);
});
afterAll(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function place(file: string): void {
  const target = join(folder, relative(PROJECT, file));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(file, target, { verbatimSymlinks: true });
}

test("the traced files of the route are within what a function may have, without the network for subjects", () => {
  const bytes = files.reduce((sum, file) => sum + lstatSync(file).size, 0);
  expect(bytes).toBeLessThan(MAX_BYTES);
  expect(files.filter((file) => /onnx/.test(relative(PROJECT, file)))).toEqual([]);
  expect(files.filter((file) => /\.env|[/\\]\.data[/\\]/.test(relative(PROJECT, file)))).toEqual([]);
});

test("with them alone a pixel process starts and looks at a picture", async () => {
  const path = join(folder, "picture.png");
  await writeFile(path, await tinyPng());
  child = fork(join(folder, relative(PROJECT, programPath("pixels"))), [], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [ready] = await once(child, "message");
  expect(ready).toEqual({ kind: "ready" });
  child.send({ maxRssBytes: 700_000_000, work: { kind: "probe", path, workDir: join(folder, "work") } });
  const [reply] = await once(child, "message");
  expect(reply).toMatchObject({
    kind: "probed",
    result: { ok: true, image: { width: 8, height: 8, format: "png" } },
  });
});
