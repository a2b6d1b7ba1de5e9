import { SCENE_NAMES } from "@/lib/models/studio/edit-plan";
import { SCENES } from "./words/scenes";

/** Everything the built-in model can do, in the words of help texts and refusals. */
export const ABILITIES: { title: string; examples: string[] }[] = [
  { title: "cut out the subject", examples: ["remove the background", "transparent background"] },
  {
    title: "change the background",
    examples: ["white background", "gradient background from blue to purple", "put it on a beach"],
  },
  {
    title: "studio backdrop and shadow",
    examples: ["place the object in a studio setting", "pink studio", "no shadow"],
  },
  { title: "blur the background", examples: ["blur the background", "portrait mode"] },
  {
    title: "recolour the subject",
    examples: ["make the mattress red", "change the colour of the sofa to emerald"],
  },
  {
    title: "styles",
    examples: [
      "watercolour",
      "pencil sketch",
      "oil painting",
      "cartoon",
      "black and white",
      "sepia",
      "vintage",
      "pop art",
    ],
  },
  { title: "light and colour", examples: ["brighter", "more contrast", "30% warmer", "enhance"] },
  { title: "sharpness", examples: ["sharpen", "soften", "remove noise"] },
  { title: "framing", examples: ["close-up", "crop to the subject", "square", "4:5", "centre the product"] },
  { title: "finish", examples: ["white border", "rounded corners", "vignette"] },
  {
    title: "size and turning",
    examples: ["resize to 1200 px", "2x upscale", "rotate 90 degrees left", "mirror"],
  },
];

/** "It can cut out the subject, change the background, ... and size and turning." */
export function abilitiesSentence(): string {
  const titles = ABILITIES.map(({ title }) => title);
  return `the built-in model knows: ${titles.slice(0, -1).join(", ")}, and ${titles.at(-1)}`;
}

/** "beach, forest, sky ..." */
export function sceneNames(): string {
  return SCENE_NAMES.map((scene) => SCENES[scene].shown).join(", ");
}
