/** First line of a recipe file; its number goes up when old files need a conversion. */
export const RECIPE_FORMAT = "contact-sheet-recipe-1";
