/** One click away from the empty prompt. */
export const PROMPT_EXAMPLES = [
  "Change the background to a beach",
  "Convert the image into a watercolor painting",
  "Remove the background and place the object in a studio setting",
] as const;
