import type { EditOp } from "@/lib/models/studio/edit-plan";

export type StyleName = Extract<EditOp, { op: "style" }>["style"];

/** Words for each look; "effect", "look", "style", "painting" after them are read by the rules. */
export const STYLES: Record<StyleName, string> = {
  watercolour:
    "watercolor,watercolors,aquarelle,water color,watercolor painting,water color painting,watercolor art,watercolor illustration,watercolor drawing,gouache",
  sketch:
    "sketch,pencil sketch,pencil drawing,line drawing,line art,drawing,hand drawing,charcoal drawing,charcoal sketch,pencil,pen drawing,ink drawing,hand drawn,sketched,graphite drawing,pen and ink,outline drawing,drawn",
  oil: "oil painting,oil,oil paint,painting,painted,oil on canvas,oils,impressionist painting,acrylic painting,impasto",
  cartoon:
    "cartoon,comic,comic book,cartoonish,comics,cartoonized,cartoonize,cel shaded,graphic novel,cartoony,cartoon drawing",
  "black-and-white":
    "black and white,b and w,bw,monochrome,grayscale,gray scale,monochromatic,mono,noir,black white,colorless,greyscale",
  sepia: "sepia,sepia tone,sepia toned,sepia tones",
  vintage:
    "vintage,retro,old photo,old photograph,nostalgic,antique photo,aged photo,old fashioned,polaroid,1970s,70s,film look,analog film,old timey,faded film",
  "pop-art": "pop art,popart,warhol,andy warhol,halftone",
};

/** Looks that are asked for by a name we draw only nearly; the warning says so. */
export const NEAR_STYLES: Record<string, StyleName> = { anime: "cartoon", manga: "cartoon" };
