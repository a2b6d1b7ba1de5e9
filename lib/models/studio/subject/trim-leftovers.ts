import { boxMean, type Plane } from "../raster/plane";
import { between, fitTo, weighColours } from "./colour-evidence";

/** Each pass takes at most one band off the edge. */
const PASSES = 4;

/**
 * Takes off what the network drew too wide: pieces at the edge, more than a band deep, that have the colours of the
 * background next to them and not those of the subject's core. Where the core is far, as in leaves and legs, nothing
 * is taken. In place.
 * @param inside 1 = subject, 0 = background
 * @param band half-width of the uncertain edge, pixels
 */
export function trimLeftovers(channels: Plane[], inside: Plane, band: number): void {
  const radius = Math.max(4, Math.round(Math.max(inside.width, inside.height) / 20));
  const core = fitTo(channels, between(boxMean(inside, band * 2), 0.985, 2), radius);
  for (let pass = 0; pass < PASSES; pass++) {
    const sures = boxMean(inside, band);
    const odds = weighColours(
      { inside: core, outside: fitTo(channels, between(sures, -1, 0.015), radius) },
      { radius, seen: { inside: 0.12, outside: 0.1 }, margin: 16, strongest: 6, mustFit: true },
    );
    let isChanged = false;
    for (let i = 0; i < inside.data.length; i++) {
      const sure = sures.data[i] ?? 0;
      const against = odds.data[i] ?? 0;
      if (against === 0 || sure > 0.998 || sure < 0.002) continue;
      const now = Math.min(Math.max(inside.data[i] ?? 0, 0.01), 0.99);
      const left = 1 / (1 + Math.exp(-(Math.log(now / (1 - now)) + against)));
      if (left >= (inside.data[i] ?? 0)) continue;
      inside.data[i] = left;
      isChanged = true;
    }
    if (!isChanged) return;
  }
}
