import { join } from "node:path";
import { decodePixels, encodePixels, isOpaque, type Pixels } from "@/lib/images/pixels";
import { type IsolatedRequest, type MadeImage, ModelError } from "../types";
import { replaceBackground } from "./background";
import { STUDIO_VERSION } from "./constants";
import type { EditOp, EditPlan } from "./edit-plan";
import { applyEffect } from "./effects/apply";
import { abilitiesSentence } from "./grammar/abilities";
import { readPrompt } from "./grammar/read-prompt";
import { HELD_NOWHERE, type HeldSides } from "./held-sides";
import { addShadow, blurBackground } from "./keep-background";
import { applyOutputSize } from "./output";
import { findSubject, ownMask } from "./subject/find-subject";
import type { Subject } from "./subject/types";

/** Below this the person is told that the subject was a guess. */
const SURE_ENOUGH = 0.62;

/** Runs the prompt's edits in order on the source and writes the result below `workDir`. Throws ModelError. */
export async function makeStudioImage(request: IsolatedRequest, signal: AbortSignal): Promise<MadeImage> {
  const plan = requirePlan(request.prompt);
  if (!request.source) {
    throw new ModelError("bad_request", "The built-in model edits a picture, and this item has none");
  }
  const notes = new Set(plan.warnings);
  const desk: Desk = {
    pixels: await decodePixels(request.source.path),
    subject: null,
    confidence: null,
    cutFree: false,
    held: null,
    notes,
  };
  for (const op of plan.ops) {
    signal.throwIfAborted();
    await applyOp(desk, op);
  }
  const finished = await applyOutputSize(desk.pixels, request.output, () => heldSides(desk));
  // Encoders of large pictures need the room the mask takes.
  desk.subject = null;
  if (request.output.format === "jpeg" && !isOpaque(finished)) {
    notes.add("JPEG has no transparency: clear parts are white. PNG and WebP keep them");
  }
  const path = join(request.workDir, `result.${request.output.format}`);
  await encodePixels(finished, path, request.output);
  return {
    path,
    modelVersion: STUDIO_VERSION,
    requestId: null,
    usage: null,
    cost: 0,
    used: {
      edits: plan.ops.map(({ op }) => op).join(", "),
      width: finished.width,
      height: finished.height,
      ...(desk.confidence === null ? {} : { subjectConfidence: Math.round(desk.confidence * 100) / 100 }),
    },
    notes: [...notes],
  };
}

/** What lies on the desk between two edits: the pixels as they are, and the subject found in exactly them. */
type Desk = {
  pixels: Pixels;
  subject: Subject | null;
  confidence: number | null;
  /** The background is not the photo's own any more. */
  cutFree: boolean;
  /** Of a subject that was cut free; null until known, and again after edits that may have moved it to a side. */
  held: HeldSides | null;
  notes: Set<string>;
};

/** Half of what was asked would look like all of it: anything not understood refuses the whole prompt. */
function requirePlan(prompt: string): EditPlan {
  const plan = readPrompt(prompt);
  if (plan.unknown.length > 0) {
    const parts = plan.unknown.map(({ text, hint }) => `"${text.slice(0, 120)}": ${hint}`);
    throw new ModelError(
      "bad_request",
      `Part of the prompt was not understood, so nothing was made. ${parts.join("; ")}`,
    );
  }
  if (plan.ops.length === 0) {
    throw new ModelError(
      "bad_request",
      `The prompt names no edit, so nothing was made; ${abilitiesSentence()}`,
    );
  }
  return plan;
}

async function applyOp(desk: Desk, op: EditOp): Promise<void> {
  switch (op.op) {
    case "background": {
      const subject = await requireSubject(desk);
      desk.cutFree = true;
      desk.held = subject.touches;
      Object.assign(desk, await replaceBackground(desk.pixels, op, subject));
      return;
    }
    case "blur-background":
      if (ownMask(desk.pixels)) desk.notes.add("This picture has no background: there was nothing to blur");
      else desk.pixels = await blurBackground(desk.pixels, op.strength, await requireSubject(desk));
      return;
    case "shadow":
      if (!(await addShadow(desk.pixels, await requireSubject(desk)))) {
        desk.notes.add("No shadow: the frame does not show the ground the subject stands on");
      }
      return;
    default:
      desk.pixels = await applyEffect(
        desk.pixels,
        op,
        // A crop is better for knowing the subject and needs none: a crop of a landscape is a crop.
        () => (op.op === "crop-ratio" ? lookFor(desk) : requireSubject(desk)),
        () => heldSides(desk),
      );
      if (KEEPS_PLACE.has(op.op)) return;
      desk.subject = null;
      if (!KEEPS_SIDES.has(op.op)) desk.held = null;
  }
}

/** Edits after which everything is where it was: the subject need not be found again. */
const KEEPS_PLACE: ReadonlySet<EditOp["op"]> = new Set<EditOp["op"]>([
  "recolour",
  "style",
  "adjust",
  "sharpen",
  "soften",
  "denoise",
  "auto-enhance",
  "vignette",
  "invert",
]);

/** Edits after which the subject ends at the same sides of the frame. */
const KEEPS_SIDES: ReadonlySet<EditOp["op"]> = new Set<EditOp["op"]>(["pad-ratio", "resize", "upscale"]);

/** Where padding must not come between the subject and the side that cuts it off; a whole photo is padded evenly. */
async function heldSides(desk: Desk): Promise<HeldSides> {
  if (desk.held) return desk.held;
  if (!desk.cutFree && !ownMask(desk.pixels)) return HELD_NOWHERE;
  desk.subject ??= await findSubject(desk.pixels);
  desk.held = desk.subject.confidence === 0 ? HELD_NOWHERE : desk.subject.touches;
  return desk.held;
}

async function requireSubject(desk: Desk): Promise<Subject> {
  const subject = await lookFor(desk);
  if (subject.confidence === 0) {
    throw new ModelError(
      "bad_request",
      "No subject was found in this picture, so nothing was made. Edits of the whole picture work: styles, light and colour, size, turning",
    );
  }
  if (subject.confidence < SURE_ENOUGH) {
    desk.notes.add("The subject was hard to tell from its background: look at the edges");
  }
  return subject;
}

async function lookFor(desk: Desk): Promise<Subject> {
  desk.subject ??= await findSubject(desk.pixels);
  // The least sure look counts: every later edit stands on it.
  desk.confidence = Math.min(desk.confidence ?? 1, desk.subject.confidence);
  return desk.subject;
}
