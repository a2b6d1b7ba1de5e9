import type { Backdrop, EditOp } from "./edit-plan";

/** One edit in a few plain words, as the page shows it before start. */
export function describeOp(op: EditOp): string {
  switch (op.op) {
    case "background":
      return (
        describeBackground(op.backdrop) +
        (op.shadow === "contact" && op.backdrop.kind !== "transparent" ? ", soft shadow" : "")
      );
    case "blur-background":
      return "blur the background";
    case "shadow":
      return "add a soft shadow";
    case "recolour":
      return `make the ${op.noun ?? op.part} ${op.name}`;
    case "style":
      return `${op.style.replaceAll("-", " ")} style`;
    case "adjust":
      return `${op.amount < 0 ? "less" : "more"} ${op.what} ${percent(Math.abs(op.amount))}`;
    case "sharpen":
    case "soften":
    case "denoise":
    case "vignette":
      return `${op.op} ${percent(op.amount)}`;
    case "auto-enhance":
      return "balance light and colour";
    case "invert":
      return "invert colours";
    default:
      return describeShape(op);
  }
}

type ShapeOp = Extract<
  EditOp,
  {
    op:
      | "close-up"
      | "crop-subject"
      | "crop-ratio"
      | "pad-ratio"
      | "centre-subject"
      | "resize"
      | "upscale"
      | "rotate"
      | "flip"
      | "border"
      | "round-corners";
  }
>;

function describeShape(op: ShapeOp): string {
  switch (op.op) {
    case "close-up":
      return "close-up of the subject";
    case "crop-subject":
      return `crop to the subject, ${percent(op.margin)} margin`;
    case "crop-ratio":
      return `crop to ${op.width}:${op.height}`;
    case "pad-ratio":
      return `pad to ${op.width}:${op.height}`;
    case "centre-subject":
      return "centre the subject";
    case "resize":
      return `resize to ${describeSize(op)}`;
    case "upscale":
      return `enlarge ${op.factor}x`;
    case "rotate":
      return `rotate ${op.degrees}°`;
    case "flip":
      return op.axis === "horizontal" ? "mirror left to right" : "flip upside down";
    case "border":
      return `border, ${percent(op.share)} of the short side`;
    case "round-corners":
      return "round the corners";
  }
}

function describeBackground(backdrop: Backdrop): string {
  switch (backdrop.kind) {
    case "transparent":
      return "remove the background";
    case "studio":
      return "remove background -> studio backdrop";
    case "scene":
      return `remove background -> ${backdrop.scene.replace("-", " ")}`;
    default:
      return `remove background -> ${backdrop.name}`;
  }
}

function describeSize({
  width,
  height,
  longEdge,
}: {
  width: number | null;
  height: number | null;
  longEdge: number | null;
}) {
  if (longEdge) return `${longEdge} px long edge`;
  if (width && height) return `${width} x ${height} px`;
  return width ? `${width} px wide` : `${height} px high`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
