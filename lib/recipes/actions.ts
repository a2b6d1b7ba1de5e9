"use server";

import { authedAction } from "@/lib/action";
import { deleteRecipe, renameRecipe, restoreRecipe } from "./mutations/edit-recipe";
import { importRecipe } from "./mutations/import-recipe";
import { saveRecipe } from "./mutations/save-recipe";
import { startFromRecipe } from "./mutations/start-from-recipe";
import {
  importRecipeSchema,
  recipeIdSchema,
  renameRecipeSchema,
  saveRecipeSchema,
  startFromRecipeSchema,
} from "./schemas";

export const saveRecipeAction = authedAction(saveRecipeSchema, ({ input, user }) =>
  saveRecipe({ ...input, userId: user.id }),
);

export const renameRecipeAction = authedAction(renameRecipeSchema, ({ input, user }) =>
  renameRecipe({ ...input, userId: user.id }),
);

export const deleteRecipeAction = authedAction(recipeIdSchema, ({ input, user }) =>
  deleteRecipe({ ...input, userId: user.id }),
);

export const restoreRecipeAction = authedAction(recipeIdSchema, ({ input, user }) =>
  restoreRecipe({ ...input, userId: user.id }),
);

export const importRecipeAction = authedAction(importRecipeSchema, ({ input, user }) =>
  importRecipe({ ...input, userId: user.id }),
);

export const startFromRecipeAction = authedAction(startFromRecipeSchema, ({ input, user }) =>
  startFromRecipe({ ...input, userId: user.id }),
);
