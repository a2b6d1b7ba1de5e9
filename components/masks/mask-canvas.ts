import type { MaskOp, Point } from "./mask-history";
import { markedShare, toMarks } from "./mask-pixels";

/** Side of the copy that the marked share is counted on. */
const SAMPLE = 160;

/** The marks of one mask: opaque where the picture is to change. Nothing of React in it. */
export class MaskCanvas {
  readonly element: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;

  constructor(readonly size: { width: number; height: number }) {
    this.element = document.createElement("canvas");
    this.element.width = size.width;
    this.element.height = size.height;
    this.context = contextOf(this.element);
  }

  redraw(ops: readonly MaskOp[]) {
    this.context.clearRect(0, 0, this.size.width, this.size.height);
    for (const op of ops) this.paint(op);
  }

  paint(op: MaskOp) {
    const { context, size } = this;
    context.save();
    switch (op.kind) {
      case "stroke":
        context.globalCompositeOperation = op.erase ? "destination-out" : "source-over";
        strokeThrough(context, op.points, op.width);
        break;
      case "rectangle":
        context.globalCompositeOperation = op.erase ? "destination-out" : "source-over";
        context.fillRect(op.box.left, op.box.top, op.box.width, op.box.height);
        break;
      case "clear":
        context.clearRect(0, 0, size.width, size.height);
        break;
      case "invert":
        context.globalCompositeOperation = "xor";
        context.fillRect(0, 0, size.width, size.height);
        break;
      case "picture":
        context.clearRect(0, 0, size.width, size.height);
        context.drawImage(op.marks, 0, 0, size.width, size.height);
        break;
    }
    context.restore();
  }

  /** Share of the picture that is marked, 0 to 1. */
  share(): number {
    const sample = document.createElement("canvas");
    sample.width = SAMPLE;
    sample.height = SAMPLE;
    const context = contextOf(sample);
    context.drawImage(this.element, 0, 0, SAMPLE, SAMPLE);
    return markedShare(context.getImageData(0, 0, SAMPLE, SAMPLE).data);
  }

  /** The mask as it is stored: a PNG, transparent where the picture is to change. */
  toPng(): Promise<Blob> {
    const out = document.createElement("canvas");
    out.width = this.size.width;
    out.height = this.size.height;
    const context = contextOf(out);
    context.fillRect(0, 0, out.width, out.height);
    context.globalCompositeOperation = "destination-out";
    context.drawImage(this.element, 0, 0);
    return new Promise((resolve, reject) => {
      out.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG was made"))), "image/png");
    });
  }
}

/** The marks of a mask file, at the size of the mask. Rejects when the browser cannot open it. */
export async function readMarks(file: Blob, size: { width: number; height: number }): Promise<ReadMarks> {
  const picture = await createImageBitmap(file);
  const marks = document.createElement("canvas");
  marks.width = size.width;
  marks.height = size.height;
  const context = contextOf(marks);
  context.drawImage(picture, 0, 0, size.width, size.height);
  const pixels = context.getImageData(0, 0, size.width, size.height);
  toMarks(pixels.data);
  context.putImageData(pixels, 0, 0);
  const { width, height } = picture;
  picture.close();
  return { marks, width, height };
}

export type ReadMarks = { marks: HTMLCanvasElement; width: number; height: number };

function strokeThrough(context: CanvasRenderingContext2D, points: readonly Point[], width: number) {
  const [first, ...rest] = points;
  if (!first) return;
  context.lineWidth = width;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const { x, y } of rest) context.lineTo(x, y);
  context.stroke();
  // A press without a move is a dot.
  context.beginPath();
  context.arc(first.x, first.y, width / 2, 0, 2 * Math.PI);
  context.fill();
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d", { willReadFrequently: false });
  if (!context) throw new Error("this browser gives no canvas");
  return context;
}
