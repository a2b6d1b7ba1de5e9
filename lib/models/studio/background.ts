import type { Mask, Pixels } from "@/lib/images/pixels";
import { drawBackdrop } from "./backdrops/draw-backdrop";
import type { Setting } from "./backdrops/types";
import { layOver, relight } from "./compose";
import type { Backdrop, EditOp, SceneName } from "./edit-plan";
import { matchLight, readLighting } from "./light-match";
import { dropToGround, lowerSubject, movePixels, placeInStudio } from "./placing";
import { type Plane, softBlur } from "./raster/plane";
import { shrinkChannel } from "./raster/shrink";
import { drawShadow, standsOnGround } from "./shadow";
import { clearRim } from "./subject/foreground";
import type { Subject } from "./subject/types";

type BackgroundOp = Extract<EditOp, { op: "background" }>;

/** Shadows and halos are soft: this long edge is enough for them. */
const SOFT_EDGE = 720;

/**
 * Puts the subject in front of something else. The given pixels and mask are used up. In a studio the object is placed
 * anew; in a scene it comes down to the ground when it hangs above it; everywhere else it stays where the photo had it.
 * Returns the subject as it lies in the new picture, null where that is to be found again.
 */
export async function replaceBackground(
  pixels: Pixels,
  op: BackgroundOp,
  before: Subject,
): Promise<{ pixels: Pixels; subject: Subject | null }> {
  const cut = await cutOut(pixels, before);
  if (op.backdrop.kind === "transparent") return { pixels: cut, subject: before };
  const horizon = findHorizon(op.backdrop, before);
  const drop = op.backdrop.kind === "scene" ? dropToGround(before, groundTop(op.backdrop.scene, horizon)) : 0;
  const subject = drop > 0 ? lowerSubject(cut, before, drop) : before;
  const place = op.backdrop.kind === "studio" ? placeInStudio(subject) : null;
  if (place) await movePixels(cut, subject.box, place);
  const lighting = readLighting(cut);
  const stands = standsOnGround(subject);
  const setting = drawBackdrop(op.backdrop, {
    width: cut.width,
    height: cut.height,
    horizon: place ? studioHorizon(place.y + before.box.height * place.scale, cut.height) : horizon,
    lightFrom: lighting.from,
    seed: seedOf(subject),
  });
  const alpha = shrinkChannel(cut, { longEdge: SOFT_EDGE, step: 4, offset: 3 });
  const falls = op.shadow === "contact" && stands && setting.ground.strength > 0;
  const shadow = falls ? drawShadow(alpha, lighting.from) : null;
  if (shadow) scale(shadow, setting.ground.strength);
  const tables = matchLight(setting.light, lighting.level);
  if (tables) relight(cut, tables);
  layOver(cut, {
    plate: setting.plate,
    shadow,
    ground: setting.ground,
    halo: haloOf(alpha, setting),
    grain: op.backdrop.kind === "colour" ? 0 : 1.2,
  });
  return { pixels: cut, subject: op.backdrop.kind === "studio" ? null : subject };
}

/** Gives the pixels the subject's mask as alpha and clean colours along its edge, in place. */
async function cutOut(pixels: Pixels, { mask }: Subject): Promise<Pixels> {
  if (!sameAlpha(pixels, mask)) await clearRim(pixels, mask);
  for (let i = 0; i < mask.data.length; i++) pixels.data[i * 4 + 3] = mask.data[i] ?? 0;
  return pixels;
}

/** A picture that came cut out has clean straight colours already. */
function sameAlpha({ data }: Pixels, mask: Mask): boolean {
  for (let i = 0; i < mask.data.length; i++) if (data[i * 4 + 3] !== mask.data[i]) return false;
  return true;
}

/** The horizon lies behind what stands on the ground, never through its feet. */
function findHorizon(backdrop: Backdrop, subject: Subject): number {
  const { box, mask } = subject;
  if (backdrop.kind === "studio") return studioHorizon(box.y + box.height, mask.height);
  const foot = (box.y + box.height) / mask.height;
  return standsOnGround(subject) ? Math.min(0.56, Math.max(foot - 0.16, 0.2)) : 0.56;
}

function studioHorizon(foot: number, height: number): number {
  return Math.min(Math.max(foot / height - 0.13, 0.45), 0.78);
}

/** Share of the land between the horizon and the bottom of the frame on which nothing can stand: sea, dunes, trunks. */
const TOO_FAR: Partial<Record<SceneName, number>> = { beach: 0.42 };

function groundTop(scene: SceneName, horizon: number): number {
  if (scene === "sky") return 0;
  return horizon + (1 - horizon) * (TOO_FAR[scene] ?? 0.2);
}

function haloOf(alpha: Plane, { light }: Setting) {
  if (light.wrap === 0) return null;
  return { alpha: softBlur(alpha, Math.max(alpha.width, alpha.height) / 130, alpha), wrap: light.wrap };
}

function scale(plane: Plane, by: number) {
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = (plane.data[i] ?? 0) * by;
}

/** A number that only the picture decides, so that the same input gives the same scene. */
function seedOf({ box, mask }: Subject): number {
  return (mask.width * 73_856_093) ^ (mask.height * 19_349_663) ^ (box.x * 83_492_791) ^ (box.y * 2_654_435);
}
