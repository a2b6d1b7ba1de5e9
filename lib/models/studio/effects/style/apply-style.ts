import type { Pixels } from "@/lib/images/pixels";
import type { EditOp } from "../../edit-plan";
import { cartoon } from "./cartoon";
import { blackAndWhite } from "./monochrome";
import { oil } from "./oil";
import { popArt } from "./pop-art";
import { sepia } from "./sepia";
import { sketch } from "./sketch";
import { vintage } from "./vintage";
import { watercolour } from "./watercolour";

type Style = Extract<EditOp, { op: "style" }>["style"];

export async function applyStyle(pixels: Pixels, style: Style): Promise<Pixels> {
  switch (style) {
    case "watercolour":
      return watercolour(pixels);
    case "sketch":
      return sketch(pixels);
    case "oil":
      return oil(pixels);
    case "cartoon":
      return cartoon(pixels);
    case "black-and-white":
      return blackAndWhite(pixels);
    case "sepia":
      return sepia(pixels);
    case "vintage":
      return vintage(pixels);
    case "pop-art":
      return popArt(pixels);
  }
}
