import { expect, test } from "vitest";
import type { DetailAttempt } from "@/lib/items/details";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { askedUsed } from "./asked-used";

const { output } = DEFAULT_SETTINGS;
const attempt: DetailAttempt = {
  id: "a",
  number: 1,
  outcome: "completed",
  prompt: "",
  connection: "env",
  model: "gpt-image-2.5-flare",
  modelVersion: "gpt-image-2.5-flare-2026-09-08",
  settings: {
    output,
    provider: { ...DEFAULT_PROVIDER, size: "1536x1024", quality: "high" },
    used: { model: "gpt-image-2.5-flare-2026-09-08", size: "1024x1024", quality: "high" },
  },
  seed: null,
  requestId: "req_1",
  startedAt: 0,
  tookMs: 1,
  cost: 0,
  charge: "charged",
  usage: null,
  reusedFrom: null,
  error: null,
  notes: [],
  image: null,
  madeFrom: [],
  current: true,
};

test("a snapshot of the model is the model; another size than asked is flagged", () => {
  expect(askedUsed(attempt)).toEqual([
    { name: "Model", asked: "gpt-image-2.5-flare", used: "gpt-image-2.5-flare-2026-09-08", differs: false },
    { name: "Size", asked: "1536 × 1024", used: "1024 × 1024", differs: true },
    { name: "Quality", asked: "high", used: "high", differs: false },
  ]);
});

test.each([
  ["another model", { settings: { ...attempt.settings, used: { model: "gpt-image-2" } } }, ["Model"]],
  ["what was left open", { settings: { output, provider: DEFAULT_PROVIDER, used: { size: "1x2" } } }, []],
  [
    "what was not said",
    { settings: { output, provider: DEFAULT_PROVIDER, used: {} }, modelVersion: null },
    [],
  ],
  [
    "another background",
    {
      settings: {
        output,
        provider: { ...DEFAULT_PROVIDER, background: "transparent" },
        used: { background: "opaque" },
      },
    },
    ["Background"],
  ],
] as const)("%s", (_, over, names) => {
  const rows = askedUsed({ ...attempt, ...over });
  expect(rows.filter(({ differs }) => differs).map(({ name }) => name)).toEqual(names);
});

test("the built-in model does as it is told", () => {
  expect(askedUsed({ ...attempt, connection: "studio" })).toEqual([]);
});
