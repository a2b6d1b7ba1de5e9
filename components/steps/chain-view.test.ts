import { expect, test } from "vitest";
import { moveStep, removeStep } from "@/lib/steps/edit-chain";
import { chainFrames, frameName } from "./chain-frames";
import { chainLines, lanesOf } from "./chain-lines";
import { chainTrouble } from "./chain-trouble";
import { failureWords, firstFailure, passBy } from "./step-failure";
import { repointedWords, stepTitle } from "./step-words";
import { aResult, aStep } from "./testing/a-step";
import { undoEdit } from "./undo-edit";

const row = [aStep("a"), aStep("b", { source: 1 }), aStep("c", { source: 2 }), aStep("d", { source: 3 })];

test.each([
  ["Turn the mattress red.", "Turn the mattress red"],
  ["  close-up of the stitching; keep the light ", "Close-up of the stitching"],
  ["change the background to a seamless light-grey studio", "Change the background to a seamless…"],
  ["", ""],
])("the title of %j is %j", (prompt, title) => {
  expect(stepTitle(prompt)).toBe(title);
});

test("neighbours are joined straight; a line over others has a lane of its own", () => {
  const lines = chainLines([
    aStep("a"),
    aStep("b", { source: 1 }),
    aStep("c", { source: 0, references: [1] }),
    aStep("d", { source: 1 }),
  ]);
  expect(lines.map(({ from, to, kind, lane }) => `${from}-${to} ${kind} ${lane}`)).toEqual([
    "0-1 source null",
    "1-2 source null",
    "0-3 source 1",
    "1-3 reference 0",
    "1-4 source 2",
  ]);
  expect(lanesOf(lines)).toBe(3);
  expect(lanesOf(chainLines(row))).toBe(0);
});

test("lines that only follow each other share a lane", () => {
  const lines = chainLines([aStep("a"), aStep("b"), aStep("c", { source: 2 }), aStep("d", { source: 2 })]);
  expect(lines.map(({ from, to, lane }) => `${from}-${to} ${lane}`)).toEqual([
    "0-1 null",
    "0-2 0",
    "2-3 null",
    "2-4 0",
  ]);
});

test("a disabled step is passed by and has no line", () => {
  const [a, b, c] = row.map((step) => (step.id === "b" ? { ...step, enabled: false } : step)).slice(0, 3);
  const steps = [a, b, c].flatMap((step) => step ?? []);
  expect(chainLines(steps).map(({ from, to }) => `${from}-${to}`)).toEqual(["0-1", "1-3"]);
  const frames = chainFrames({ steps, sessionPrompt: "", savedOrder: ["a", "b", "c"], items: [] });
  expect(frames.map(({ pill, input }) => `${pill.text} · ${input}`)).toEqual([
    "Not run yet · Input: Original",
    "Disabled · Input: Step 1",
    "Not run yet · Input: Step 2, disabled: uses Step 1",
  ]);
});

test("results stay with their steps while the order here is newer than the server's", () => {
  const moved = moveStep(row.slice(0, 3), 1, 3).chain;
  const frames = chainFrames({
    steps: moved,
    sessionPrompt: "",
    savedOrder: ["a", "b", "c"],
    items: [
      aResult(1),
      aResult(2, { stale: true }),
      aResult(3, { status: "unmet", imageId: null, needs: 2 }),
    ],
  });
  expect(frames.map(({ step, item, pill }) => [step.id, item?.stepPosition, pill.text])).toEqual([
    ["b", 2, "Out of date"],
    ["c", 3, "Not run"],
    ["a", 1, "Completed"],
  ]);
  expect(frames[0]?.outOfDate).toBe(true);
});

test("a step in line says which one it waits for", () => {
  const queued = { status: "queued", imageId: null } as const;
  const frames = chainFrames({
    steps: row,
    sessionPrompt: "",
    savedOrder: ["a", "b", "c", "d"],
    items: [aResult(1), aResult(2, queued), aResult(3, queued)],
  });
  expect(frames.map(({ waitsFor }) => waitsFor)).toEqual([null, null, 2, null]);
});

test("a step that runs again shows its old picture and says that it runs", () => {
  const [frame] = chainFrames({
    steps: [aStep("a", { prompt: "close-up" })],
    sessionPrompt: "",
    savedOrder: ["a"],
    items: [aResult(1, { status: "running", stale: true })],
  });
  expect(frame).toMatchObject({ outOfDate: true, pill: { text: "Generating" } });
  expect(frame && frameName(frame, 2)).toBe("Step 1 of 2, Close-up, generating, Input: Original");
});

test("the words about a removed step name who uses what now", () => {
  const withReference = [...row.slice(0, 3), aStep("d", { source: 3, references: [2] })];
  expect(repointedWords(removeStep(withReference, 2))).toBe(
    "Step 2 now uses Step 1. Step 3 now uses Step 2 and Step 1.",
  );
  expect(repointedWords(removeStep(row, 4))).toBeNull();
});

test("undo brings back order and wiring and keeps what was written since", () => {
  const { chain } = removeStep(row, 2);
  const since = [...chain.map((step) => ({ ...step, prompt: `${step.id} anew` })), aStep("e", { source: 1 })];
  const undone = undoEdit(row, since);
  expect(undone.map(({ id, source, prompt }) => [id, source, prompt])).toEqual([
    ["a", 0, "a anew"],
    ["b", 1, ""],
    ["c", 2, "c anew"],
    ["d", 3, "d anew"],
    ["e", 4, ""],
  ]);
});

const all = { kind: "all" } as const;

test.each([
  ["no step is enabled", [aStep("a", { enabled: false })], "No step is enabled. Enable one or add one."],
  [
    "a prompt is empty",
    [aStep("a", { prompt: "red" }), aStep("b", { prompt: " " })],
    "Write a prompt for step 2.",
  ],
  [
    "only a disabled step is unfinished",
    [aStep("a", { prompt: "red" }), aStep("b", { enabled: false })],
    null,
  ],
  ["a prompt is the session's", [aStep("a", { prompt: null })], null],
])("what speaks against a run when %s", (_, steps, words) => {
  expect(chainTrouble({ steps, run: all, isModelThere: () => true })?.words ?? null).toBe(words);
});

test("only steps that take part in a run must be finished", () => {
  const steps = [
    aStep("a", { prompt: "red" }),
    aStep("b", { prompt: "close-up", source: 1 }),
    aStep("c", { source: 1 }),
    aStep("d", { prompt: "sketch", source: 3 }),
  ];
  const placeOf = (run: Parameters<typeof chainTrouble>[0]["run"]) =>
    chainTrouble({ steps, run, isModelThere: () => true })?.place ?? null;
  expect(placeOf({ kind: "step", stepId: "b" })).toBeNull();
  expect(placeOf({ kind: "from", stepId: "b" })).toBeNull();
  expect(placeOf({ kind: "step", stepId: "d" })).toBe(3);
  expect(placeOf({ kind: "from", stepId: "a" })).toBe(3);
  expect(placeOf(all)).toBe(3);
});

test("a step whose model is gone is named", () => {
  const steps = [aStep("a", { prompt: "red" })];
  expect(chainTrouble({ steps, run: all, isModelThere: () => false })?.words).toBe(
    "Choose a model for step 1.",
  );
});

test("a failure says who uses it and what is kept, and the ones it held up can pass it by", () => {
  const frames = chainFrames({
    steps: row,
    sessionPrompt: "",
    savedOrder: ["a", "b", "c", "d"],
    items: [
      aResult(1),
      aResult(2, { status: "failed", imageId: null, error: { code: "timeout", words: "No answer." } }),
      aResult(3, { status: "unmet", imageId: null, needs: 2 }),
      aResult(4, { status: "unmet", imageId: null, needs: 2 }),
    ],
  });
  const failure = firstFailure(frames);
  expect(failure && failureWords(failure)).toEqual({
    happened: "Step 3 uses Step 2, which failed. Not run after it: Step 4.",
    why: "No answer.",
    kept: "Step 1 and its result are kept.",
  });
  expect(failure && passBy(row, failure).map(({ source }) => source)).toEqual([0, 1, 1, 3]);
});
