import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodePixels, encodePixels } from "@/lib/images/pixels";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { makeStudioImage } from "../studio/make";
import { disc, drawShape, RED_ON_GREEN } from "../studio/subject/test-pictures";
import { type IsolatedRequest, ModelError } from "../types";
import type { PracticeFault } from "./faults";
import { rehearse } from "./rehearse";

const PNG = DEFAULT_SETTINGS.output;
let workDir = "";

beforeAll(async () => {
  workDir = await mkdtemp(join(tmpdir(), "practice-"));
  const picture = drawShape({ width: 640, height: 480, ...RED_ON_GREEN }, disc(320, 240, 120));
  await encodePixels(picture, join(workDir, "ball.png"), PNG);
});

afterAll(() => rm(workDir, { recursive: true, force: true }));

const make = (request: IsolatedRequest) => makeStudioImage(request, new AbortController().signal);

describe("rehearse", () => {
  it.each([
    [{ kind: "rate_limited", retryAfterMs: 3_200 }, /429.*after 4 s/, 3_200],
    [{ kind: "overloaded" }, /overloaded \(503\).*by itself/, undefined],
    [{ kind: "timeout" }, /no answer in time.*by itself/, undefined],
    [{ kind: "blocked" }, /safety check.*change the prompt/, undefined],
  ] as const)(
    "%o fails as the real one would, before anything is made",
    async (fault, words, retryAfterMs) => {
      const error = await rehearse(fault, () => {
        throw new Error("nothing may be made");
      })(request("sepia")).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ModelError);
      if (!(error instanceof ModelError)) return;
      expect(error.code).toBe(fault.kind);
      expect(error.words).toMatch(/^Practice: /);
      expect(error.words).toMatch(words);
      expect(error.extra.retryAfterMs).toBe(retryAfterMs);
    },
  );

  it.each([
    ["sepia", PNG, "640 x 480", [320, 240]],
    ["sepia, 300 px", PNG, "300 x 225", [600, 450]],
    [
      "sepia",
      { ...PNG, format: "webp", size: { mode: "exact", width: 800, height: 400, pad: "#ffffff" } },
      "800 x 400",
      [400, 200],
    ],
  ] as const)("'%s' comes in a wrong size that the result tells of", async (prompt, output, asked, size) => {
    const made = await rehearse({ kind: "wrong_size" }, make)({ ...request(prompt), output });
    const { width, height } = await decodePixels(made.path);
    expect([width, height]).toEqual(size);
    expect(made.used).toMatchObject({ width, height, asked, practice: "wrong size" });
    expect(made.notes.at(-1)).toContain(
      `Practice: this result is ${width} x ${height} px where ${asked} px was asked`,
    );
  });

  it("makes the picture as ever without a fault", async () => {
    const fault: PracticeFault | null = null;
    const made = await rehearse(fault, make)(request("sepia"));
    expect(made.used).toMatchObject({ width: 640, height: 480, edits: "style" });
    expect(made.notes).toEqual([]);
  });
});

function request(prompt: string): IsolatedRequest {
  const source = {
    path: join(workDir, "ball.png"),
    format: "png",
    width: 640,
    height: 480,
    alpha: false,
  } as const;
  return { prompt, output: PNG, seed: null, source, workDir };
}
