import { SCENE_NAMES } from "./edit-plan";

/** Raised whenever the same prompt and picture give other pixels. */
export const STUDIO_VERSION = "studio-1";

/** What a person can ask for, said when a prompt asks for something else. */
export const WHAT_STUDIO_DOES = `It can remove or change the background (a colour, a studio, ${SCENE_NAMES.map((name) => name.replace("-", " ")).join(", ")}), blur it, add a shadow, recolour, crop or pad around the subject, resize, rotate, adjust light and colour, sharpen, and draw in styles such as watercolour or sketch.`;
