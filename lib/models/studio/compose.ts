import type { Pixels } from "@/lib/images/pixels";
import type { Ground, Plate } from "./backdrops/types";
import type { Plane } from "./raster/plane";
import { readRows } from "./raster/row-reader";

/** Everything that is laid under a cut-out; planes may be of any size, they are stretched to the frame. */
type Underlay = {
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
  const none = () => new Float32Array(width);
  const readRed = rows(under.plate.red);
  const readGreen = rows(under.plate.green);
  const readBlue = rows(under.plate.blue);
  const readShadow = under.shadow ? rows(under.shadow) : null;
  const readHalo = under.halo ? rows(under.halo.alpha) : null;
  const [nothing, everything] = [none(), none().fill(1)];
  const wrap = under.halo?.wrap ?? 0;
  const [r, g, b] = [under.ground.shade.r / 255, under.ground.shade.g / 255, under.ground.shade.b / 255];
  const nextGrain = makeGrain(under.grain);
  for (let y = 0; y < height; y++) {
    const red = readRed(y);
    const green = readGreen(y);
    const blue = readBlue(y);
    const shadow = readShadow?.(y) ?? nothing;
    const halo = readHalo?.(y) ?? everything;
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      const alpha = (data[i + 3] ?? 0) / 255;
      const keep = alpha * (1 - Math.max(0, 1 - (halo[x] ?? 0)) * wrap);
      if (keep > 0.996) continue;
      const show = 1 - keep;
      const shade = shadow[x] ?? 0;
      const lit = 1 - shade;
      const grain = nextGrain();
      data[i] = toByte((data[i] ?? 0) * keep + ((red[x] ?? 0) * (lit + shade * r) + grain) * show);
      data[i + 1] = toByte((data[i + 1] ?? 0) * keep + ((green[x] ?? 0) * (lit + shade * g) + grain) * show);
      data[i + 2] = toByte((data[i + 2] ?? 0) * keep + ((blue[x] ?? 0) * (lit + shade * b) + grain) * show);
      data[i + 3] = 255;
    }
  }
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0;
}

/** Changes the cut-out's colours by one table a channel, in place; table[v] is the new value of v. */
export function relight({ data }: Pixels, tables: [Uint8Array, Uint8Array, Uint8Array]): void {
  const [red, green, blue] = tables;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    data[i] = red[data[i] ?? 0] ?? 0;
    data[i + 1] = green[data[i + 1] ?? 0] ?? 0;
    data[i + 2] = blue[data[i + 2] ?? 0] ?? 0;
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
