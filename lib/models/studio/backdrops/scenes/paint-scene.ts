import type { SceneName } from "../../edit-plan";
import { type Canvas, develop, makeCanvas } from "../canvas";
import type { Scenery, Setting } from "../types";
import { paintBeach, paintSunset, paintWater } from "./coast";
import { paintKitchen } from "./kitchen";
import { paintDesert, paintMeadow, paintSnow } from "./land";
import { paintLivingRoom } from "./living-room";
import { paintSky, type SceneLook } from "./sky";
import { paintMarble, paintWoodTable } from "./tables";
import { paintCity, paintNight } from "./town";
import { paintForest, paintMountains } from "./wild";

/** Places are out of focus: this long edge holds all there is to see. */
const PAINT_EDGE = 720;

const PAINTERS: Record<SceneName, (canvas: Canvas, scenery: Scenery) => SceneLook> = {
  beach: paintBeach,
  forest: paintForest,
  sky: paintSky,
  sunset: paintSunset,
  meadow: paintMeadow,
  snow: paintSnow,
  mountains: paintMountains,
  city: paintCity,
  night: paintNight,
  desert: paintDesert,
  kitchen: paintKitchen,
  "living-room": paintLivingRoom,
  "wood-table": paintWoodTable,
  marble: paintMarble,
  water: paintWater,
};

/** Paints a place behind a frame, with the light that reigns in it. */
export function paintScene(scene: SceneName, scenery: Scenery): Setting {
  const share = Math.min(1, PAINT_EDGE / Math.max(scenery.width, scenery.height));
  const side = (length: number) => Math.max(8, Math.round(length * share));
  const canvas = makeCanvas(side(scenery.width), side(scenery.height));
  const { light, ground, falloff } = PAINTERS[scene](canvas, scenery);
  return { plate: develop(canvas, falloff), light, ground };
}
