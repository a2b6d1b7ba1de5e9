import type { Backdrop, EditOp, EditPlan } from "@/lib/models/studio/edit-plan";
import type { PlanNote } from "@/lib/models/types";
import { SCENES } from "./words/scenes";

/** The plan in short lower-case phrases, in the order the work is done; unknown parts and warnings after the steps. */
export function describePlan(plan: EditPlan): PlanNote[] {
  const steps = plan.ops
    .flatMap((op) => phrases(op))
    .map((text) => ({ kind: "step" as const, text: text.replaceAll("gray", "grey") }));
  const unknown = plan.unknown.map(({ text, hint }) => ({ kind: "unknown" as const, text, hint }));
  const warnings = plan.warnings.map((text) => ({ kind: "warning" as const, text }));
  return [...steps, ...unknown, ...warnings];
}

type Named<Name extends EditOp["op"]> = Extract<EditOp, { op: Name }>;

const WORDS: { [Name in EditOp["op"]]: (op: Named<Name>) => string | string[] } = {
  background: ({ backdrop, shadow }) => {
    const tail = shadow === "contact" ? " with contact shadow" : "";
    return [
      "remove background",
      ...(backdrop.kind === "transparent" && !tail ? [] : [behind(backdrop) + tail]),
    ];
  },
  "blur-background": ({ strength }) => `blur background ${percent(strength)}`,
  shadow: () => "contact shadow",
  recolour: ({ part, noun, name }) => {
    const what = {
      subject: noun ? `the ${noun}` : "the subject",
      background: "the background",
      everything: "everything",
    };
    return `colour ${what[part]} ${name}`;
  },
  style: ({ style }) =>
    ({ oil: "oil painting", sketch: "pencil sketch", "pop-art": "pop art" })[String(style)] ??
    style.replaceAll("-", " "),
  adjust: ({ what, amount }) => `${what} ${amount < 0 ? "-" : "+"}${percent(Math.abs(amount))}`,
  sharpen: ({ amount }) => `sharpen ${percent(amount)}`,
  soften: ({ amount }) => `soften ${percent(amount)}`,
  denoise: ({ amount }) => `remove noise ${percent(amount)}`,
  "auto-enhance": () => "enhance light and colour",
  "close-up": ({ tightness }) => (tightness > 0.6 ? "tight close-up" : "close-up"),
  "crop-subject": ({ margin }) => `crop to the subject, ${percent(margin)} margin`,
  "crop-ratio": ({ width, height }) => (width === height ? "crop square" : `crop to ${width}:${height}`),
  "pad-ratio": ({ width, height }) => (width === height ? "square" : `pad to ${width}:${height}`),
  "centre-subject": ({ margin }) => `centre the subject, ${percent(margin)} margin`,
  resize: ({ width, height, longEdge }) => {
    if (width && height) return `resize to ${width} x ${height} px`;
    if (width) return `resize to ${width} px wide`;
    return height ? `resize to ${height} px high` : `resize to ${longEdge} px`;
  },
  upscale: ({ factor }) => `upscale ${factor}x`,
  rotate: ({ degrees }) => `rotate ${Math.abs(degrees)}° ${degrees < 0 ? "left" : "right"}`,
  flip: ({ axis }) => (axis === "horizontal" ? "mirror" : "flip top to bottom"),
  border: ({ share }) => `border ${percent(share)}`,
  "round-corners": () => "rounded corners",
  vignette: ({ amount }) => `vignette ${percent(amount)}`,
  invert: () => "invert colours",
};

function phrases<Name extends EditOp["op"]>(op: Named<Name> & { op: Name }): string[] {
  const words: (op: Named<Name>) => string | string[] = WORDS[op.op];
  return [words(op)].flat();
}

function behind(backdrop: Backdrop): string {
  switch (backdrop.kind) {
    case "transparent":
      return "transparent background";
    case "colour":
      return `${backdrop.name} background`;
    case "gradient":
      return `${backdrop.name} gradient background`;
    case "studio":
      return backdrop.name ? `${backdrop.name} studio backdrop` : "studio backdrop";
    case "scene":
      return `${SCENES[backdrop.scene].shown} background`;
  }
}

function percent(share: number) {
  return `${Math.round(share * 1000) / 10}%`;
}
