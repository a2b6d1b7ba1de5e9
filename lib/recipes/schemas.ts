import { z } from "zod";
import { sessionSettingsSchema } from "@/lib/sessions/schemas";
import { chainContentSchema } from "@/lib/steps/schemas";
import { RECIPE_FORMAT } from "./constants";

export const recipeNameSchema = z.string().trim().min(1).max(80);

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
