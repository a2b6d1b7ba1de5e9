import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import type { StepContent } from "@/lib/steps/types";
import type { READY_MADE_IDS } from "./constants";
import type { RecipeContent } from "./types";

export type ReadyMade = {
  id: (typeof READY_MADE_IDS)[number];
  name: string;
  words: string;
  content: RecipeContent;
};

/** Recipes that ship. All their steps work on the built-in model. */
export const READY_MADE: readonly ReadyMade[] = [
  {
    id: "red-mattress",
    name: "Red mattress, close-up",
    words: "Recolours the mattress, then goes close to it. Write your own colour and thing in step 1.",
    content: chainOf(["Make the mattress red", "Close-up"]),
  },
  {
    id: "studio-square",
    name: "Cut-out, studio, square 1200",
    words: "For a shop: free of its background, on a studio backdrop with a shadow, 1200 × 1200 px.",
    content: chainOf([
      "Remove the background",
      "Place the object in a studio setting",
      // A crop would cut long things off; padding carries the backdrop on.
      "Center the subject, square without cropping, 1200 px",
    ]),
  },
];

/** Each step works on what the one before it made. */
function chainOf(prompts: readonly string[]): RecipeContent {
  const steps = prompts.map<StepContent>((prompt, at) => ({
    prompt,
    settings: null,
    source: at,
    references: [],
    enabled: true,
  }));
  return { settings: DEFAULT_SETTINGS, steps };
}
