import type { Backdrop } from "../edit-plan";
import { paintColour, paintGradient, paintSweep } from "./plain";
import { paintScene } from "./scenes/paint-scene";
import type { Scenery, Setting } from "./types";

/** What stands behind the subject; the same picture and backdrop give the same pixels, always. */
export function drawBackdrop(
  backdrop: Exclude<Backdrop, { kind: "transparent" }>,
  scenery: Scenery,
): Setting {
  switch (backdrop.kind) {
    case "colour":
      return paintColour(backdrop.colour);
    case "gradient":
      return paintGradient(backdrop.from, backdrop.to);
    case "studio":
      return paintSweep(backdrop.tone, scenery);
    case "scene":
      return paintScene(backdrop.scene, scenery);
  }
}
