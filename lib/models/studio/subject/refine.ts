import type { Mask, Pixels } from "@/lib/images/pixels";
import { type Coefficients, fitGuided, type Guide } from "../raster/guided-filter";
import { boxMean, makePlane, type Plane, sampleAt, smoothstep } from "../raster/plane";
import { readRows } from "../raster/row-reader";
import { between, fitTo, opponents, weighColours } from "./colour-evidence";
import { keepSureParts } from "./components";
import { trimLeftovers } from "./trim-leftovers";

/** Variance of the guide below which it is flat: noise of a clean photo at base sensitivity. */
const EPSILON = 2e-5;

type EdgeModel = {
  coefficients: Coefficients;
  /** 1 = surely subject, 0 = surely background, between = the band where colours decide. */
  certainty: Plane;
};

/**
 * Decides at a coarse size where the edge runs and fits it to the colours at a fine one.
 * @param coarse the picture at the size of the likelihood plane
 * @param fine the same picture, larger
 */
export function fitEdges(fine: Pixels, coarse: Pixels, likelihood: Plane): EdgeModel {
  const { inside, certainty } = decideEdges(splitGuide(coarse), likelihood);
  const wide = makePlane(fine.width, fine.height);
  const rows = readRows(inside, fine.width, fine.height);
  for (let y = 0; y < fine.height; y++) wide.data.set(rows(y), y * fine.width);
  const radius = Math.max(1, Math.round(Math.max(fine.width, fine.height) / 220));
  return { coefficients: fitGuided(splitGuide(fine), wide, radius, EPSILON), certainty };
}

function decideEdges(guide: Guide, likelihood: Plane): { inside: Plane; certainty: Plane } {
  const { width, height } = likelihood;
  const edge = Math.max(width, height);
  const inside = makePlane(width, height);
  for (let i = 0; i < inside.data.length; i++)
    inside.data[i] = smoothstep(0.4, 0.64, likelihood.data[i] ?? 0);
  const snapped = evaluateHere(fitGuided(guide, inside, Math.max(2, Math.round(edge / 70)), EPSILON), guide);
  const band = Math.max(2, Math.round(edge / 90));
  const certainty = boxMean(inside, band);
  const channels = opponents(guide);
  const radius = Math.max(4, Math.round(edge / 36));
  const colours = weighColours(
    {
      inside: fitTo(channels, between(certainty, 0.985, 2), radius),
      outside: fitTo(channels, between(certainty, -1, 0.015), radius),
    },
    { radius, seen: { inside: 0.004, outside: 0.004 }, margin: 6, strongest: 2.5, mustFit: false },
  );
  for (let i = 0; i < inside.data.length; i++) {
    const sure = certainty.data[i] ?? 0;
    if (sure > 0.998 || sure < 0.002) inside.data[i] = Math.round(sure);
    else inside.data[i] = pin(decide(snapped.data[i] ?? 0, sure, colours.data[i] ?? 0), sure);
  }
  trimLeftovers(channels, inside, band);
  boxMean(inside, band, certainty);
  dropIslands(inside, Math.max(1, Math.round(edge / 120)));
  return { inside, certainty };
}

/** What the colours tore off the subject goes, and its soft rim with it: the rim of the subject is near the subject. */
function dropIslands(inside: Plane, reach: number) {
  keepSureParts(inside, 0.5);
  const near = makePlane(inside.width, inside.height);
  for (let i = 0; i < near.data.length; i++) near.data[i] = (inside.data[i] ?? 0) > 0.5 ? 1 : 0;
  boxMean(near, reach, near);
  for (let i = 0; i < near.data.length; i++) if ((near.data[i] ?? 0) < 1e-4) inside.data[i] = 0;
}

/** The mask at the size of the given pixels, which may be larger than what the edges were fitted on. */
export function paintMask({ data, width, height }: Pixels, { coefficients, certainty }: EdgeModel): Mask {
  const mask = new Uint8Array(width * height);
  const readSure = readRows(certainty, width, height);
  const { red, green, blue, offset } = coefficients;
  for (let y = 0; y < height; y++) {
    const sures = readSure(y);
    const v = (y + 0.5) / height;
    for (let x = 0; x < width; x++) {
      const sure = sures[x] ?? 0;
      if (sure <= 0.002) continue;
      const i = y * width + x;
      if (sure >= 0.998) {
        mask[i] = 255;
        continue;
      }
      const u = (x + 0.5) / width;
      const mixed =
        sampleAt(red, u, v) * (data[i * 4] ?? 0) +
        sampleAt(green, u, v) * (data[i * 4 + 1] ?? 0) +
        sampleAt(blue, u, v) * (data[i * 4 + 2] ?? 0);
      mask[i] = Math.round(255 * pin(smoothstep(0.12, 0.88, mixed / 255 + sampleAt(offset, u, v)), sure));
    }
  }
  return { data: mask, width, height };
}

/** Shape and colours together: log odds add up. */
function decide(snapped: number, sure: number, colour: number): number {
  const prior = Math.min(Math.max(0.6 * smoothstep(0.1, 0.9, snapped) + 0.4 * sure, 0.02), 0.98);
  const odds = Math.log(prior / (1 - prior)) + colour;
  return 1 / (1 + Math.exp(-1.6 * odds));
}

/** Towards the rims of the band the net's word counts for more than the colours, without a visible seam. */
function pin(alpha: number, sure: number): number {
  return Math.max(Math.min(alpha, sure / 0.06), 1 - Math.min((1 - sure) / 0.06, 1));
}

function splitGuide({ data, width, height }: Pixels): Guide {
  const guide = {
    red: makePlane(width, height),
    green: makePlane(width, height),
    blue: makePlane(width, height),
  };
  for (let i = 0; i < width * height; i++) {
    guide.red.data[i] = (data[i * 4] ?? 0) / 255;
    guide.green.data[i] = (data[i * 4 + 1] ?? 0) / 255;
    guide.blue.data[i] = (data[i * 4 + 2] ?? 0) / 255;
  }
  return guide;
}

function evaluateHere(c: Coefficients, guide: Guide): Plane {
  const out = makePlane(c.offset.width, c.offset.height);
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] =
      (c.red.data[i] ?? 0) * (guide.red.data[i] ?? 0) +
      (c.green.data[i] ?? 0) * (guide.green.data[i] ?? 0) +
      (c.blue.data[i] ?? 0) * (guide.blue.data[i] ?? 0) +
      (c.offset.data[i] ?? 0);
  }
  return out;
}
