import { type Pixels, resizePixels } from "@/lib/images/pixels";
import type { OutputSettings } from "@/lib/sessions/types";
import { HELD_NOWHERE, type HeldSides, roomBefore } from "./held-sides";

/**
 * Brings a finished picture to the size the session asks for. 'keep' keeps what the prompt made of it; 'long-edge'
 * scales in proportion; 'exact' fits it inside and fills the rest with the padding colour.
 * @param held asked only where there is something to fill
 */
export async function applyOutputSize(
  pixels: Pixels,
  { size, format }: OutputSettings,
  held: () => Promise<HeldSides> = async () => HELD_NOWHERE,
): Promise<Pixels> {
  switch (size.mode) {
    case "keep":
      return pixels;
    case "long-edge": {
      const scale = size.pixels / Math.max(pixels.width, pixels.height);
      return resizePixels(pixels, atLeastOne(pixels.width * scale), atLeastOne(pixels.height * scale));
    }
    case "exact": {
      const scale = Math.min(size.width / pixels.width, size.height / pixels.height);
      const fitted = await resizePixels(
        pixels,
        Math.min(size.width, atLeastOne(pixels.width * scale)),
        Math.min(size.height, atLeastOne(pixels.height * scale)),
      );
      if (fitted.width === size.width && fitted.height === size.height) return fitted;
      return padTo(fitted, { ...size, colour: padColour(size.pad, format), held: await held() });
    }
  }
}

type Rgba = [number, number, number, number];

function padColour(pad: string, format: OutputSettings["format"]): Rgba {
  if (pad === "transparent") return format === "jpeg" ? [255, 255, 255, 255] : [255, 255, 255, 0];
  const value = Number.parseInt(pad.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, 255];
}

type Sheet = { width: number; height: number; colour: Rgba; held: HeldSides };

function padTo(pixels: Pixels, { width, height, colour, held }: Sheet): Pixels {
  const data = new Uint8Array(width * height * 4);
  const bytes = Uint8Array.from(colour);
  for (let i = 0; i < data.length; i += 4) data.set(bytes, i);
  const left = roomBefore(width - pixels.width, held.left, held.right);
  const top = roomBefore(height - pixels.height, held.top, held.bottom);
  const stride = pixels.width * 4;
  for (let y = 0; y < pixels.height; y++) {
    data.set(pixels.data.subarray(y * stride, (y + 1) * stride), ((y + top) * width + left) * 4);
  }
  return { data, width, height };
}

function atLeastOne(side: number): number {
  return Math.max(1, Math.round(side));
}
