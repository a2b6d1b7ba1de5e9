import type { Box, Point } from "./mask-history";

type View = {
  /** Canvas pixels for one of the mask. */
  scale: number;
  marks: HTMLCanvasElement;
  /** The brush, or null where there is none to show. */
  brush: { at: Point; width: number } | null;
  box: Box | null;
};

const STRIPE = 7;

/** What lies over the picture: marked parts hatched, the rectangle, the brush. Two tones each, to show on any picture. */
export function drawView(canvas: HTMLCanvasElement, { scale, marks, brush, box }: View) {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(marks, 0, 0, canvas.width, canvas.height);
  context.save();
  context.globalCompositeOperation = "source-in";
  context.fillStyle = hatchOf(context) ?? "#0009";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.restore();
  if (box) {
    twoTone(context, [8, 6], () => {
      context.strokeRect(box.left * scale, box.top * scale, box.width * scale, box.height * scale);
    });
  }
  if (brush) {
    twoTone(context, [], () => {
      context.beginPath();
      context.arc(brush.at.x * scale, brush.at.y * scale, (brush.width * scale) / 2, 0, 2 * Math.PI);
      context.stroke();
    });
  }
}

/** A white line over a wider dark one. */
function twoTone(context: CanvasRenderingContext2D, dash: number[], stroke: () => void) {
  context.save();
  context.lineWidth = 3;
  context.strokeStyle = "#000c";
  stroke();
  context.lineWidth = 1.5;
  context.strokeStyle = "#fff";
  context.setLineDash(dash);
  stroke();
  context.restore();
}

let hatch: HTMLCanvasElement | null = null;

/** Slanting stripes, white and dark by turns, each half see-through. */
function hatchOf(context: CanvasRenderingContext2D): CanvasPattern | null {
  hatch ??= makeHatch();
  return context.createPattern(hatch, "repeat");
}

function makeHatch(): HTMLCanvasElement {
  const side = STRIPE * 2;
  const tile = document.createElement("canvas");
  tile.width = side;
  tile.height = side;
  const context = tile.getContext("2d");
  if (!context) return tile;
  const pixels = context.createImageData(side, side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const light = (x + y) % side < STRIPE;
      pixels.data.set(light ? [255, 255, 255, 150] : [0, 0, 0, 150], (y * side + x) * 4);
    }
  }
  context.putImageData(pixels, 0, 0);
  return tile;
}
