import { describe, expect, test } from "vitest";
import type { Dialect } from "@/lib/connections/types";
import { readPrompt } from "@/lib/models/studio/grammar/read-prompt";
import { studioModel } from "@/lib/models/studio/studio";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { bulkDraftOf, serialDraftOf } from "./draft-of";
import { fitRecipe, type Workplace } from "./fit-recipe";
import { READY_MADE } from "./ready-made";
import { recipeContentSchema } from "./schemas";
import type { RecipeContent } from "./types";

const { capabilities } = studioModel;
const choice = (connection: string, model: string) => ({ connection, model, capabilities });
const here: Workplace = {
  choices: [
    choice("studio", "studio"),
    choice("env", "gpt-image-2"),
    choice("id-1", "flux"),
    choice("id-2", "flux"),
  ],
  kinds: new Map<string, Dialect>([
    ["env", "openai"],
    ["id-1", "sd-server"],
    ["id-2", "localai"],
  ]),
  fallback: { ...DEFAULT_SETTINGS, connection: "env", model: "gpt-image-2" },
};

function recipe(session: object, ...own: (object | null)[]): RecipeContent {
  return recipeContentSchema.parse({
    settings: { ...DEFAULT_SETTINGS, ...session },
    steps: own.map((settings, at) => ({
      prompt: `step ${at + 1}`,
      settings,
      source: at,
      references: [],
      enabled: true,
    })),
  });
}

/** Connection and model of the session and of each step, as "connection/model". */
function pairs({ content, notes }: ReturnType<typeof fitRecipe>) {
  const of = (one: { connection?: string; model?: string } | null) =>
    one ? `${one.connection ?? "·"}/${one.model ?? "·"}` : null;
  return { pairs: [of(content.settings), ...content.steps.map(({ settings }) => of(settings))], notes };
}

const NO_CONNECTION = "names a connection that is not here; the default model is used.";

describe("a recipe is fitted to what is here", () => {
  test.each([
    ["as it is", recipe({}, null, { model: "studio" }), ["studio/studio", null, "·/studio"], []],
    ["its kind found", recipe({ connection: "localai", model: "flux" }, null), ["id-2/flux", null], []],
    [
      "its connection gone",
      recipe({ connection: "0199", model: "flux" }, null),
      ["env/gpt-image-2", null],
      [`This recipe ${NO_CONNECTION}`],
    ],
    [
      "its model gone",
      recipe({ connection: "env", model: "old" }, null),
      ["env/gpt-image-2", null],
      ["This recipe names the model old, which is not here; the default model is used."],
    ],
    [
      "a step's kind found",
      recipe({}, null, { connection: "sd-server", model: "flux" }),
      ["studio/studio", null, "id-1/flux"],
      [],
    ],
    [
      "a step's connection gone, its output kept",
      recipe({}, { connection: "sglang", model: "flux", output: DEFAULT_SETTINGS.output }),
      ["studio/studio", "·/·"],
      [`Step 1 ${NO_CONNECTION}`],
    ],
    [
      "only a step's model here: it keeps the connection that the recipe meant",
      recipe({ connection: "openai", model: "old" }, { model: "gpt-image-2" }),
      ["env/gpt-image-2", "·/gpt-image-2"],
      ["This recipe names the model old, which is not here; the default model is used."],
    ],
  ])("%s", (_, given, expected, notes) => {
    expect(pairs(fitRecipe(given, here))).toEqual({ pairs: expected, notes });
  });

  test("a model of another connection than the default's stays with its own", () => {
    const away = { ...here, fallback: DEFAULT_SETTINGS };
    const given = recipe({ connection: "env", model: "old" }, { model: "gpt-image-2" });
    expect(pairs(fitRecipe(given, away)).pairs).toEqual(["studio/studio", "env/gpt-image-2"]);
  });
});

test("over many images the first prompt is the session's; on one image each step has its own", () => {
  const { steps } = recipe({}, null, null);
  const bulk = bulkDraftOf({ prompt: "", steps });
  expect([bulk.prompt, ...bulk.steps.map(({ prompt }) => prompt)]).toEqual(["step 1", null, "step 2"]);
  const serial = serialDraftOf(bulk);
  expect([serial.prompt, ...serial.steps.map(({ prompt }) => prompt)]).toEqual(["", "step 1", "step 2"]);
});

test("the built-in model understands every step of every recipe that ships", () => {
  for (const { content } of READY_MADE) {
    expect(recipeContentSchema.parse(content)).toEqual(content);
    for (const { prompt } of content.steps) {
      const plan = readPrompt(prompt ?? "");
      expect(plan.unknown, prompt ?? "").toEqual([]);
      expect(plan.ops.length, prompt ?? "").toBeGreaterThan(0);
    }
  }
});
