import type { z } from "zod";
import type { recipeContentSchema, recipeFileSchema } from "./schemas";

export type RecipeContent = z.infer<typeof recipeContentSchema>;
export type RecipeFile = z.infer<typeof recipeFileSchema>;
