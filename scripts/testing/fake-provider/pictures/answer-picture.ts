import { sharp } from "@/lib/images/decoder";
import type { Settings } from "../settings";
import { cheapPng } from "./cheap-png";
import { type Painting, paint } from "./paint";

const TINY = { width: 64, height: 64 };

/** By size and format: JPEG and WebP of the cheap mode, made once, without a trace of their own. */
const flat = new Map<string, Promise<Buffer>>();

/** The picture of an answer. `cheap` gives up the source's pixels, and the trace of JPEG and WebP, for speed. */
export async function answerPicture(painting: Painting, mode: Settings["pictures"]): Promise<Buffer> {
  if (mode === "traced") return paint(painting);
  if (mode === "tiny") return flatPicture({ ...painting, size: TINY });
  const { size, format, trace } = painting;
  if (format === "png" && !painting.transparent) return cheapPng(size, trace);
  return flatPicture({ ...painting, format });
}

function flatPicture({ size, format, transparent }: Painting): Promise<Buffer> {
  const key = `${size.width}x${size.height} ${format} ${transparent}`;
  const known = flat.get(key);
  if (known) return known;
  const background = { r: 150, g: 150, b: 150, alpha: transparent ? 0.5 : 1 };
  const made = sharp({ create: { ...size, channels: transparent ? 4 : 3, background } })
    .toFormat(format)
    .toBuffer();
  flat.set(key, made);
  return made;
}
