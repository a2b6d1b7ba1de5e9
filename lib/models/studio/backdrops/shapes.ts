import { smoothstep } from "../raster/plane";
import { add, blend, type Canvas, type Paint } from "./canvas";

/** A round spot; `glow` spots add light, others cover. Radius is a share of the long edge, edge 0..1 how soft it is. */
export function spot(
  canvas: Canvas,
  place: { u: number; v: number; radius: number },
  colour: Paint,
  look: { opacity: number; edge: number; glow?: boolean },
): void {
  const { width, height } = canvas;
  const radius = place.radius * Math.max(width, height);
  const cx = place.u * width;
  const cy = place.v * height;
  for (let y = Math.max(0, Math.floor(cy - radius)); y < Math.min(height, cy + radius); y++) {
    for (let x = Math.max(0, Math.floor(cx - radius)); x < Math.min(width, cx + radius); x++) {
      const distance = Math.hypot(x + 0.5 - cx, y + 0.5 - cy) / radius;
      const cover = look.opacity * (1 - smoothstep(1 - look.edge, 1, distance));
      if (cover <= 0) continue;
      const i = y * width + x;
      if (look.glow) add(canvas, i, colour, cover);
      else blend(canvas, i, colour, cover);
    }
  }
}

/** A rectangle in shares of the frame, softened by its own anti-aliased edge. */
export function block(
  canvas: Canvas,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
  colour: Paint,
  opacity = 1,
): void {
  const { width, height } = canvas;
  const lastRow = Math.min(height, Math.ceil(bottom * height));
  const lastColumn = Math.min(width, Math.ceil(right * width));
  for (let y = Math.max(0, Math.floor(top * height)); y < lastRow; y++) {
    const rows = Math.min(y + 1, bottom * height) - Math.max(y, top * height);
    for (let x = Math.max(0, Math.floor(left * width)); x < lastColumn; x++) {
      const columns = Math.min(x + 1, right * width) - Math.max(x, left * width);
      blend(canvas, y * width + x, colour, opacity * Math.max(0, rows) * Math.max(0, columns));
    }
  }
}

/**
 * Everything below a skyline. `topAt` gives its height (share of the frame) at u; `colourAt` the paint at u and at a
 * depth below the skyline.
 */
export function ridge(
  canvas: Canvas,
  topAt: (u: number) => number,
  colourAt: (u: number, below: number) => Paint,
  bottom = 1,
): void {
  const { width, height } = canvas;
  for (let x = 0; x < width; x++) {
    const u = (x + 0.5) / width;
    const top = topAt(u);
    for (let y = Math.max(0, Math.floor(top * height)); y < Math.min(height, bottom * height); y++) {
      const cover = Math.min(1, y + 1 - top * height);
      blend(canvas, y * width + x, colourAt(u, (y + 0.5) / height - top), cover);
    }
  }
}
