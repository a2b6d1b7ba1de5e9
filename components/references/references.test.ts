import { describe, expect, test, vi } from "vitest";
import type { AttachedRow } from "@/lib/inputs/wire";
import { AttachedStore, attachedByInput } from "./attached-store";
import { type AttachModel, maskWords, promptRowWords, referenceWords } from "./used-references";

const row = (change: Partial<AttachedRow>): AttachedRow => ({
  id: "r",
  position: -1,
  state: "ready",
  name: "style.png",
  path: "",
  bytes: 1,
  width: 8,
  height: 8,
  imageId: "i",
  alpha: false,
  thumbhash: null,
  promptMode: "inherit",
  promptStart: "",
  excluded: false,
  removed: false,
  refusal: null,
  notices: [],
  modified: null,
  role: "reference",
  forInputId: null,
  ...change,
});

const model = (change: Partial<AttachModel["capabilities"]>): AttachModel => ({
  label: "Painter",
  capabilities: { maxInputs: 16, mask: true, textToImage: true, ...change },
});

test("an image has its newest mask and its own references; refused ones are none", () => {
  const found = attachedByInput([
    row({ id: "shared" }),
    row({ id: "own", forInputId: "a" }),
    row({ id: "old", role: "mask", forInputId: "a" }),
    row({ id: "new", role: "mask", forInputId: "a" }),
    row({ id: "bad", role: "mask", forInputId: "a", state: "refused" }),
    row({ id: "lost", role: "mask", forInputId: "a", state: "uploading" }),
    row({ id: "bad too", forInputId: "b", state: "refused" }),
  ]);
  expect([...found.keys()]).toEqual(["a"]);
  expect(found.get("a")).toMatchObject({ mask: { id: "new" }, references: 1 });
});

describe("words about what a model leaves out", () => {
  test.each([
    [16, 15, null],
    [
      16,
      17,
      "Painter takes 16 images a call: the source and 15 references. The last 2 are kept and not used.",
    ],
    [4, 4, "Painter takes 4 images a call: the source and 3 references. The last one is kept and not used."],
    [1, 1, "Painter uses no references. They are kept for models that do."],
    [1, 0, null],
  ])("%i images a call, %i references", (maxInputs, count, words) => {
    expect(referenceWords(model({ maxInputs }), count)).toBe(words);
  });

  test("masks and prompts alone are told of only where they do nothing", () => {
    expect([maskWords(model({})), promptRowWords(model({}))]).toEqual([null, null]);
    expect(maskWords(model({ mask: false }))).toContain("kept");
    expect(promptRowWords(model({ textToImage: false }))).toContain("only edits");
  });
});

test("a question asked during another is asked once more after it, for all who asked", async () => {
  const answers = [1, 2, 3].map((revision) =>
    Response.json({ revision, attached: [row({ id: `r${revision}` })] }),
  );
  const asked = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async () => answers.shift() ?? Response.error());
  const store = new AttachedStore("s");
  await Promise.all([store.load(), store.load(), store.load()]);
  expect(asked.mock.calls.map(([path]) => path)).toEqual([
    "/api/sessions/s/inputs/attached?since=-1",
    "/api/sessions/s/inputs/attached?since=1",
  ]);
  expect(store.get().rows.map(({ id }) => id)).toEqual(["r2"]);
  asked.mockRestore();
});
