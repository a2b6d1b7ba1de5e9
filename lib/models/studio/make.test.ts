import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodePixels, encodePixels } from "@/lib/images/pixels";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import type { OutputSettings } from "@/lib/sessions/types";
import { ModelError } from "../types";
import { makeStudioImage } from "./make";
import { studioModel } from "./studio";
import { disc, drawShape, RED_ON_GREEN } from "./subject/test-pictures";

const PNG = DEFAULT_SETTINGS.output;
let workDir = "";

beforeAll(async () => {
  workDir = await mkdtemp(join(tmpdir(), "studio-"));
  await encodePixels(
    drawShape({ width: 320, height: 240, ...RED_ON_GREEN }, disc(160, 120, 60)),
    file("ball"),
    PNG,
  );
  await encodePixels(
    drawShape({ width: 320, height: 240, ...RED_ON_GREEN }, () => 0),
    file("wall"),
    PNG,
  );
  await encodePixels(
    drawShape({ width: 320, height: 240, ...RED_ON_GREEN }, disc(160, 20, 90)),
    file("hanging photo"),
    PNG,
  );
  await encodePixels(cutOut(disc(160, 20, 90)), file("hanging cut-out"), PNG);
});

afterAll(() => rm(workDir, { recursive: true, force: true }));

describe("studioModel.make", () => {
  it("runs the edits in order and writes the result in the asked format and size", async () => {
    const size = { mode: "long-edge", pixels: 160 } as const;
    const image = await make("white background, square", "ball", { ...PNG, format: "jpeg", size });
    const { data, width, height } = await decodePixels(image.path);
    expect([width, height]).toEqual([160, 160]);
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(image).toMatchObject({ cost: 0, requestId: null, usage: null });
    expect(image.used).toMatchObject({ width: 160, height: 160 });
    expect(image.path.startsWith(workDir)).toBe(true);
  });

  // The subject of a cut-out is known without the network, which is most of the work.
  it.each([
    ["white background, square", "hanging photo", PNG],
    ["white background, 320 x 320 px", "hanging cut-out", PNG],
    ["white background, flip it vertically, flip it vertically, square", "hanging cut-out", PNG],
    [
      "white background",
      "hanging cut-out",
      { ...PNG, size: { mode: "exact", width: 320, height: 320, pad: "#ffffff" } },
    ],
    ["remove the background, square", "hanging cut-out", PNG],
  ] as const)("'%s' of a %s pads below what the upper edge cuts off", async (prompt, name, output) => {
    const image = await make(prompt, name, output);
    const { data, width, height } = await decodePixels(image.path);
    expect([width, height]).toEqual([320, 320]);
    expect([...data.subarray(160 * 4, 160 * 4 + 4)]).toEqual([220, 20, 20, 255]);
  });

  it("a whole photo is padded evenly", async () => {
    const size = { mode: "exact", width: 320, height: 320, pad: "#0a80ff" } as const;
    const { data } = await decodePixels(
      (await make("black and white", "hanging photo", { ...PNG, size })).path,
    );
    expect([...data.subarray(160 * 4, 160 * 4 + 4)]).toEqual([10, 128, 255, 255]);
  });

  it("says that JPEG lost the transparency it was asked for", async () => {
    const image = await make("remove the background", "hanging cut-out", {
      ...PNG,
      format: "jpeg",
    });
    expect(image.notes.join()).toMatch(/JPEG has no transparency/);
  });

  it("refuses a prompt it understands only half of, naming the other half", async () => {
    const error = await failure(make("white background and add a hat", "ball"));
    expect(error.code).toBe("bad_request");
    expect(error.words).toMatch(/hat/);
  });

  it("refuses a prompt that names no edit, saying what is possible", async () => {
    const error = await failure(make("", "ball"));
    expect(error.code).toBe("bad_request");
    expect(error.words).toMatch(/background/);
  });

  it("refuses to cut out where there is nothing, and still does what needs no subject", async () => {
    expect((await failure(make("remove the background", "wall"))).words).toMatch(/No subject/);
    expect((await make("black and white", "wall")).used).toMatchObject({ width: 320 });
    expect((await make("crop square", "wall")).used).toMatchObject({ width: 240, height: 240 });
  });

  it("refuses an item without a picture", async () => {
    const request = { prompt: "black and white", output: PNG, source: null, seed: null, workDir };
    const made = makeStudioImage(request, new AbortController().signal);
    expect((await failure(made)).code).toBe("bad_request");
  });

  it("stops between edits when it is told to", async () => {
    const made = make("black and white", "ball", PNG, AbortSignal.abort());
    await expect(made).rejects.toThrow();
  });
});

describe("studioModel.plan", () => {
  it("names the steps, and the format that would undo one", () => {
    const kinds = (prompt: string, format: OutputSettings["format"]) =>
      studioModel.plan({ prompt, output: { ...PNG, format } }).map(({ kind }) => kind);
    expect(kinds("remove the background", "png")).toEqual(["step"]);
    expect(kinds("remove the background", "jpeg")).toEqual(["step", "warning"]);
    expect(kinds("add a hat", "png")).toEqual(["unknown"]);
  });
});

/** The shape in the red of the others, on nothing. */
function cutOut(covers: (x: number, y: number) => number) {
  const pixels = drawShape({ width: 320, height: 240, ...RED_ON_GREEN }, covers);
  for (let i = 0; i < 320 * 240; i++) {
    pixels.data[i * 4 + 3] = 255 * Math.min(1, Math.max(0, covers(i % 320, Math.floor(i / 320))));
  }
  return pixels;
}

function make(prompt: string, name: string, output = PNG, signal = new AbortController().signal) {
  const source = { path: file(name), format: "png", width: 320, height: 240, alpha: false } as const;
  return makeStudioImage({ prompt, output, source, seed: null, workDir }, signal);
}

function file(name: string) {
  return join(workDir, `${name}.png`);
}

async function failure(made: Promise<unknown>): Promise<ModelError> {
  const error = await made.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ModelError) return error;
  throw new Error("expected a ModelError");
}
