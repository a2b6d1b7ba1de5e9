import { sharp } from "@/lib/images/decoder";
import type { ImageFormat } from "@/lib/images/types";
import { drawTrace, type Raster, type Trace } from "./trace";

export type Size = { width: number; height: number };
export type Painting = {
  size: Size;
  format: ImageFormat;
  /** 0 to 100, JPEG and WebP. */
  compression: number;
  transparent: boolean;
  source: Buffer | null;
  /** The source's size in grey: light where the server repaints. Null: everywhere. */
  repaint: Buffer | null;
  trace: Trace;
};

/**
 * A real picture made from the source: scaled to the asked size and tinted in a colour of the prompt where it was to be
 * repainted, with the trace over its top rows. Throws when the source cannot be decoded.
 */
export async function paint({
  size,
  source,
  repaint,
  trace,
  transparent,
  ...output
}: Painting): Promise<Buffer> {
  const raster = source ? await scaled(source, size) : blank(size);
  const weights = repaint ? await scaledMask(repaint, size) : null;
  tint(raster, Buffer.from(trace.prompt.slice(0, 6), "hex"), weights);
  drawTrace(raster, trace);
  const { width, height } = size;
  const picture = sharp(raster.pixels, { raw: { width, height, channels: 3 } });
  if (transparent) picture.joinChannel(disc(size), { raw: { width, height, channels: 1 } });
  return encodeAs(picture, output).toBuffer();
}

function encodeAs(
  picture: ReturnType<typeof sharp>,
  { format, compression }: Pick<Painting, "format" | "compression">,
) {
  switch (format) {
    case "png":
      return picture.png({ compressionLevel: 2 });
    case "jpeg":
      return picture.jpeg({ quality: Math.max(1, compression), chromaSubsampling: "4:4:4" });
    case "webp":
      return picture.webp({ quality: Math.max(1, compression), effort: 0 });
  }
}

async function scaled(source: Buffer, { width, height }: Size): Promise<Raster> {
  const pixels = await sharp(source)
    .rotate()
    .flatten({ background: "#888" })
    .resize(width, height, { fit: "fill", kernel: "linear" })
    .toColourspace("srgb")
    .raw()
    .toBuffer();
  return { pixels, width, height, channels: 3 };
}

function blank({ width, height }: Size): Raster {
  return { pixels: Buffer.alloc(width * height * 3, 128), width, height, channels: 3 };
}

async function scaledMask(repaint: Buffer, { width, height }: Size): Promise<Buffer> {
  return sharp(repaint).resize(width, height, { fit: "fill" }).extractChannel(0).raw().toBuffer();
}

/** A third of the colour, where `weights` allow it. */
function tint({ pixels }: Raster, colour: Buffer, weights: Buffer | null): void {
  for (let pixel = 0; pixel * 3 < pixels.length; pixel++) {
    if (weights && (weights[pixel] ?? 0) < 128) continue;
    for (let part = 0; part < 3; part++) {
      const at = pixel * 3 + part;
      pixels[at] = ((pixels[at] ?? 0) * 2 + (colour[part] ?? 0)) / 3;
    }
  }
}

/** Opaque in an ellipse and along the top, where the trace is. */
function disc({ width, height }: Size): Buffer {
  const alpha = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    const down = (2 * y) / height - 1;
    const half = down < 0 ? 1 : Math.sqrt(1 - down * down);
    const from = Math.round(((1 - half) * width) / 2);
    alpha.fill(255, y * width + from, (y + 1) * width - from);
  }
  return alpha;
}
