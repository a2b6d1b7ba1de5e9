import type { Pixels } from "@/lib/images/pixels";
import type { Ground, Plate } from "./backdrops/types";
import { at, byteAt, type Plane } from "./raster/plane";
import { readRows } from "./raster/row-reader";

/** Everything that is laid under a cut-out; planes may be of any size, they are stretched to the frame. */
export type Underlay = {
  plate: Plate;
  shadow: Plane | null;
  ground: Ground;
  /** The cut-out's alpha, blurred; the backdrop shines around the edge where it is low. Null where nothing shines. */
  halo: { alpha: Plane; wrap: number } | null;
  /** Amplitude of the grain in 8-bit steps; hides the steps of smooth gradients. 0 for exact colours. */
  grain: number;
};

/** Lays the cut-out (straight alpha) over the backdrop, in place; the result is opaque. */
export function layOver({ data, width, height }: Pixels, under: Underlay): void {
  const rows = (plane: Plane) => readRows(plane, width, height);
  const readers = [rows(under.plate.red), rows(under.plate.green), rows(under.plate.blue)];
  const shades = [under.ground.shade.r, under.ground.shade.g, under.ground.shade.b];
  const shadowRows = under.shadow ? rows(under.shadow) : null;
  const haloRows = under.halo ? rows(under.halo.alpha) : null;
  const wrap = under.halo?.wrap ?? 0;
  const nextGrain = makeGrain(under.grain);
  for (let y = 0; y < height; y++) {
    const plate = readers.map((read) => read(y));
    const shadow = shadowRows?.(y);
    const halo = haloRows?.(y);
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      const alpha = byteAt(data, i + 3) / 255;
      const shine = halo ? Math.max(0, 1 - at(halo, x)) * wrap : 0;
      if (alpha === 1 && shine < 0.004) continue;
      const keep = alpha * (1 - shine);
      const shade = shadow ? at(shadow, x) : 0;
      const grain = nextGrain();
      for (let channel = 0; channel < 3; channel++) {
        const row = plate[channel];
        const behind = row ? at(row, x) : 0;
        const shaded = behind + ((behind * (shades[channel] ?? 0)) / 255 - behind) * shade + grain;
        const mixed = byteAt(data, i + channel) * keep + shaded * (1 - keep);
        data[i + channel] = mixed < 0 ? 0 : mixed > 255 ? 255 : mixed + 0.5;
      }
      data[i + 3] = 255;
    }
  }
}

/** Changes the cut-out's colours by one table a channel, in place; table[v] is the new value of v. */
export function relight({ data }: Pixels, tables: [Uint8Array, Uint8Array, Uint8Array]): void {
  const [red, green, blue] = tables;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    data[i] = byteAt(red, byteAt(data, i));
    data[i + 1] = byteAt(green, byteAt(data, i + 1));
    data[i + 2] = byteAt(blue, byteAt(data, i + 2));
  }
}

/** The same grain for the same frame, always: xorshift32 from a fixed start. */
function makeGrain(amplitude: number): () => number {
  if (amplitude === 0) return () => 0;
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) / 0xffffffff - 0.5) * 2 * amplitude;
  };
}
