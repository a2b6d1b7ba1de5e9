import type { Backdrop, EditOp } from "@/lib/models/studio/edit-plan";
import { isNeutral, isSameColour } from "./colour";
import type { Draft } from "./found";

type Background = Extract<EditOp, { op: "background" }>;
type Ratio = Extract<Draft, { op: "ratio" }>;
export type Merged = { ops: EditOp[]; warnings: string[]; refused: { text: string; hint: string }[] };

/** Turns drafts, in the order said, into a plan: one background, one frame, one size; contradictions are named. */
export function merge(drafts: Draft[]): Merged {
  const warnings = drafts.flatMap((draft) => (draft.op === "warning" ? [draft.text] : []));
  const steps = oneColourEach(
    onePlace(oneSize(oneRatio(oneBackground(drafts, warnings), warnings), warnings)),
    warnings,
  );
  const background = steps.find((step) => step.op === "background");
  const ops = withShadow(steps, warnings);
  const mayCrop = !drafts.some((draft) => draft.op === "kept" && draft.what === "frame");
  warnKept(drafts, background !== undefined, warnings);
  warnOpposites(ops, warnings);
  const lonely = drafts.find((draft) => draft.op === "no-shadow" && draft.asked !== null);
  const refused =
    lonely && !background
      ? [
          {
            text: "remove the shadow",
            hint: "a shadow goes only together with the background: “white background, no shadow”",
          },
        ]
      : [];
  return {
    ops: once(ops.flatMap((step) => settle(step, background?.backdrop, mayCrop))),
    warnings: [...new Set(warnings)],
    refused,
  };
}

function oneBackground(drafts: Draft[], warnings: string[]): Draft[] {
  const read = drafts.map((draft, index) => itMeansBackground(draft, drafts[index - 1]));
  const all = read.flatMap((draft, index) => (draft.op === "background" ? [{ draft, index }] : []));
  const [first, ...others] = all;
  if (!first) return read;
  let used = first.draft;
  let place = first.index;
  let looksAt = read.findIndex(changesLook);
  for (const { draft, index } of others) {
    const joined = joinBackdrops(used, draft);
    if (joined === null) warnings.push("two backgrounds are asked for; the last one is used");
    used = joined ?? draft;
    // What was coloured or painted before the last background stays under it, so that it is not painted too.
    while (looksAt >= 0 && looksAt < place) looksAt = nextLook(read, place);
    if (looksAt > place && looksAt < index) place = index;
  }
  return read.flatMap((draft, index): Draft[] => {
    if (index === place) return [used];
    return draft.op === "background" ? [] : [draft];
  });
}

function nextLook(steps: Draft[], from: number) {
  for (let at = from; at < steps.length; at++) if (changesLook(steps[at])) return at;
  return -1;
}

function changesLook(step: Draft | undefined) {
  return step?.op === "style" || step?.op === "adjust" || step?.op === "invert";
}

/** "Remove the background and make it white" speaks of the background; "make it red" of the subject. */
function itMeansBackground(draft: Draft, before: Draft | undefined): Draft {
  const removed = before?.op === "background" && before.backdrop.kind === "transparent";
  if (!removed || draft.op !== "recolour" || draft.noun !== null || !isNeutral(draft.colour)) return draft;
  return {
    op: "background",
    backdrop: { kind: "colour", colour: draft.colour, name: draft.name },
    shadow: "none",
  };
}

/** Null when the two contradict each other. */
function joinBackdrops(a: Background, b: Background): Background | null {
  if (a.backdrop.kind === "transparent") return b;
  if (b.backdrop.kind === "transparent") return a;
  if (JSON.stringify(a.backdrop) === JSON.stringify(b.backdrop)) return a;
  const studio = [a, b].find(({ backdrop }) => backdrop.kind === "studio");
  const plain = [a.backdrop, b.backdrop].find(({ kind }) => kind === "colour");
  if (studio?.backdrop.kind === "studio" && plain?.kind === "colour" && studio.backdrop.name === "") {
    return { ...studio, backdrop: { kind: "studio", tone: plain.colour, name: plain.name } };
  }
  if (a.backdrop.kind === "studio" && b.backdrop.kind === "studio")
    return b.backdrop.name === "" ? a : a.backdrop.name === "" ? b : null;
  return null;
}

function oneRatio(steps: Draft[], warnings: string[]) {
  return lastOf(steps, {
    isKind: (step): step is Ratio => step.op === "ratio",
    same: (a, b) => Math.abs(a.width / a.height - b.width / b.height) < 0.01,
    join: (a, b) => ({ ...b, how: b.how === "fit" ? a.how : b.how, fill: b.fill ?? a.fill }),
    clash: "two shapes are asked for; the last one is used",
    warnings,
  });
}

type Centre = Extract<EditOp, { op: "centre-subject" }>;

/** A margin that is spelt out refines the usual one; that is no contradiction. */
function onePlace(steps: Draft[]) {
  return lastOf(steps, {
    isKind: (step): step is Centre => step.op === "centre-subject",
    same: () => true,
    join: (_, b) => b,
    clash: "",
    warnings: [],
  });
}

type Resize = Extract<EditOp, { op: "resize" }>;

function oneSize(steps: Draft[], warnings: string[]) {
  return lastOf(steps, {
    isKind: (step): step is Resize => step.op === "resize",
    same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    join: (a) => a,
    clash: "two sizes are asked for; the last one is used",
    warnings,
  });
}

type Recolour = Extract<EditOp, { op: "recolour" }>;

function oneColourEach(steps: Draft[], warnings: string[]) {
  const parts: Recolour["part"][] = ["subject", "background", "everything"];
  return parts.reduce(
    (left, part) =>
      lastOf(left, {
        isKind: (step): step is Recolour => step.op === "recolour" && step.part === part,
        same: (a, b) => isSameColour(a.colour, b.colour),
        join: (a) => a,
        clash: `two colours are asked for the ${part === "everything" ? "picture" : part}; the last one is used`,
        warnings,
      }),
    steps,
  );
}

function lastOf<Kind extends Draft>(
  steps: Draft[],
  how: {
    isKind: (step: Draft) => step is Kind;
    same: (a: Kind, b: Kind) => boolean;
    join: (a: Kind, b: Kind) => Kind;
    clash: string;
    warnings: string[];
  },
): Draft[] {
  const all = steps.filter(how.isKind);
  const first = all[0];
  const last = all.at(-1);
  if (!first || !last || all.length < 2) return steps;
  const agree = all.every((one) => how.same(one, last));
  if (!agree) how.warnings.push(how.clash);
  const used = agree ? all.slice(1).reduce(how.join, first) : last;
  const place = agree ? first : last;
  return steps.flatMap((step) => (how.isKind(step) ? (step === place ? [used] : []) : [step]));
}

/** With a new background the shadow belongs to it; else "add a shadow" stands for itself. The last word counts. */
function withShadow(steps: Draft[], warnings: string[]): Draft[] {
  const wishes = steps.filter(({ op }) => op === "shadow" || op === "no-shadow");
  const last = wishes.at(-1);
  if (wishes.some(({ op }) => op !== last?.op))
    warnings.push("a shadow and no shadow are asked for; the last one is used");
  if (!last) return steps;
  const shadow = last.op === "shadow" ? "contact" : "none";
  const rest = steps.filter(({ op }) => op !== "shadow" && op !== "no-shadow");
  if (rest.some(({ op }) => op === "background")) {
    return rest.map((step) => (step.op === "background" ? { ...step, shadow } : step));
  }
  return last.op === "shadow"
    ? steps.filter((step) => step.op !== "no-shadow" && (step.op !== "shadow" || step === last))
    : rest;
}

function warnKept(drafts: Draft[], changed: boolean, warnings: string[]) {
  const kept = (what: string) => drafts.some((draft) => draft.op === "kept" && draft.what === what);
  if (changed && kept("background"))
    warnings.push("the background is to be kept and to be changed; it is changed");
  if (kept("frame") && drafts.some(({ op }) => op === "crop-subject" || op === "close-up")) {
    warnings.push("no cropping and a crop are asked for; it is cropped");
  }
}

function warnOpposites(ops: Draft[], warnings: string[]) {
  for (const what of ["brightness", "contrast", "saturation", "warmth", "exposure"]) {
    const amounts = ops.flatMap((op) => (op.op === "adjust" && op.what === what ? [op.amount] : []));
    if (amounts.some((amount) => amount > 0) && amounts.some((amount) => amount < 0)) {
      warnings.push(`more and less ${what} are both asked for; both are done in that order`);
    }
  }
}

/** Frames last: a new background is carried on to the new edges, a photo is cropped round its subject. */
function settle(step: Draft, backdrop: Backdrop | undefined, mayCrop: boolean): EditOp[] {
  switch (step.op) {
    case "ratio":
      return [frame(step, backdrop, mayCrop)];
    case "no-shadow":
    case "kept":
    case "warning":
    case "refused":
      return [];
    default:
      return [step];
  }
}

function frame(
  { how, width, height, fill }: Ratio,
  backdrop: Backdrop | undefined,
  mayCrop: boolean,
): EditOp {
  if (how === "crop" || (how === "fit" && !backdrop && mayCrop)) return { op: "crop-ratio", width, height };
  if (fill) return { op: "pad-ratio", width, height, fill };
  if (backdrop?.kind === "transparent") return { op: "pad-ratio", width, height, fill: "transparent" };
  return { op: "pad-ratio", width, height, fill: backdrop?.kind === "colour" ? backdrop.colour : "extend" };
}

/** The same wish twice is one step; turning and enlarging add up. */
function once(ops: EditOp[]): EditOp[] {
  const seen = new Set<string>();
  return ops.filter((op) => {
    const key = JSON.stringify(op);
    const isNew = op.op === "rotate" || op.op === "flip" || op.op === "upscale" || !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
