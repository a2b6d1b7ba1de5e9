import { type Mask, type Pixels, resizeMask } from "@/lib/images/pixels";
import { byteAt, makePlane, type Plane } from "./raster/plane";

/** A mask as a small plane of 0..1, for what is soft anyway: shadows, halos, blurs. */
export async function softPlane(mask: Mask, longEdge: number): Promise<Plane> {
  const share = Math.min(1, longEdge / Math.max(mask.width, mask.height));
  const width = Math.max(1, Math.round(mask.width * share));
  const height = Math.max(1, Math.round(mask.height * share));
  const small = await resizeMask(mask, width, height, "linear");
  const plane = makePlane(width, height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = byteAt(small.data, i) / 255;
  return plane;
}

export function alphaOf({ data, width, height }: Pixels): Mask {
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) alpha[i] = byteAt(data, i * 4 + 3);
  return { data: alpha, width, height };
}
