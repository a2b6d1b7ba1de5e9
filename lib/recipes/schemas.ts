import { z } from "zod";
import { sessionSettingsSchema } from "@/lib/sessions/settings-schema";
import { chainContentSchema } from "@/lib/steps/schemas";
import { MAX_RECIPE_FILE_BYTES, MAX_RECIPE_NAME, READY_MADE_IDS, RECIPE_FORMAT } from "./constants";

const recipeNameSchema = z
  .string()
  .trim()
  .min(1, "A recipe needs a name")
  .max(MAX_RECIPE_NAME, `A recipe's name has at most ${MAX_RECIPE_NAME} characters`);

/** What a recipe keeps: everything of a session but its images and their own prompts. */
export const recipeContentSchema = z.strictObject({
  settings: sessionSettingsSchema,
  steps: chainContentSchema,
});

/** A recipe as a file. */
export const recipeFileSchema = z.strictObject({
  format: z.literal(RECIPE_FORMAT),
  name: recipeNameSchema,
  content: recipeContentSchema,
});

export const recipeSourceSchema = z.union([
  z.strictObject({ recipeVersionId: z.uuid() }),
  z.strictObject({ readyMadeId: z.enum(READY_MADE_IDS) }),
]);

const recipeId = z.uuid();

export const recipeIdSchema = z.strictObject({ recipeId });

export const renameRecipeSchema = z.strictObject({ recipeId, name: recipeNameSchema });

export const saveRecipeSchema = z.strictObject({
  sessionId: z.uuid(),
  name: recipeNameSchema,
  /** The number the new version was said to get; without it a recipe of this name is not touched. */
  asVersion: z.int().min(2).optional(),
});

export const importRecipeSchema = z.strictObject({
  /** The file's text. */
  text: z.string().max(MAX_RECIPE_FILE_BYTES, "A recipe file has at most 256 KB"),
});

export const startFromRecipeSchema = z.strictObject({
  /** Made by the browser, so that a repeated press is the same session. */
  intent: z.uuid(),
  kind: z.enum(["bulk", "serial"]),
  from: recipeSourceSchema,
});
