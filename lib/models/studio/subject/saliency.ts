import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { type Pixels, resizePixels } from "@/lib/images/pixels";
import type { Plane } from "../raster/plane";

const SIDE = 320;
const AREA = SIDE * SIDE;
const MEAN = [0.485, 0.456, 0.406];
const SPREAD = [0.229, 0.224, 0.225];

/** Of a clear picture only the rim is undecided: this share of what the network took in. */
const DOUBTFUL = 0.09;

/** Log odds by which the doubt of one look may weaken the word of the other: a part seen surely by either stays. */
const MOST_DOUBT = 1.2;

/**
 * How likely each of 320 x 320 pixels belongs to the subject, 0..1, as the network says it (not stretched). Of a
 * picture that leaves it in doubt it is asked again, about the mirror image: what it half sees in one of them only, such
 * as the grass between two cars, goes.
 */
export async function findSaliency(pixels: Pixels): Promise<Plane> {
  const small = await resizePixels(pixels, SIDE, SIDE);
  const first = await askNetwork(small);
  const second = isDoubtful(first) ? await askNetwork(mirror(small)) : null;
  return { data: second ? bringTogether(first, second) : first, width: SIDE, height: SIDE };
}

function isDoubtful(likely: Float32Array): boolean {
  let inside = 0;
  let undecided = 0;
  for (const value of likely) {
    if (value > 0.5) inside++;
    if (value > 0.1 && value < 0.9) undecided++;
  }
  return undecided > inside * DOUBTFUL;
}

function bringTogether(first: Float32Array, mirrored: Float32Array): Float32Array {
  return first.map((value, i) => {
    const one = logOdds(value);
    const other = logOdds(mirrored[i - 2 * (i % SIDE) + SIDE - 1] ?? 0);
    const both = Math.max((one + other) / 2, Math.max(one, other) - MOST_DOUBT);
    return 1 / (1 + Math.exp(-both));
  });
}

/** Bounded, or one word of certainty would silence every doubt. */
function logOdds(likely: number): number {
  return Math.min(Math.max(Math.log(likely / (1 - likely)), -7), 7);
}

function mirror({ data, width, height }: Pixels): Pixels {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      out.set(data.subarray(from, from + 4), (y * width + width - 1 - x) * 4);
    }
  }
  return { data: out, width, height };
}

async function askNetwork(small: Pixels): Promise<Float32Array> {
  clearTimeout(idle);
  try {
    const session = await loadSession();
    const input = new ort.Tensor("float32", normalise(small), [1, 3, SIDE, SIDE]);
    const name = session.outputNames[0] ?? "1959";
    const result = await session.run({ [session.inputNames[0] ?? "input.1"]: input }, [name]);
    const output = result[name];
    if (!output || !(output.data instanceof Float32Array)) throw new Error("the network gave no mask");
    return output.data.slice(0, AREA);
  } finally {
    clearTimeout(idle);
    idle = setTimeout(releaseSession, IDLE_MS).unref();
  }
}

/** A session keeps 280 MB for the next run, which saves it a fifth of its time; nobody else has them meanwhile. */
const IDLE_MS = 10_000;

let loading: Promise<ort.InferenceSession> | null = null;
let idle: NodeJS.Timeout | undefined;

/** One session for as long as there is work: loading costs a quarter of a run. One thread: the queue runs one item per core. */
function loadSession(): Promise<ort.InferenceSession> {
  loading ??= ort.InferenceSession.create(
    join(process.cwd(), "lib", "models", "studio", "network", "u2netp.onnx"),
    {
      executionProviders: ["cpu"],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      enableCpuMemArena: true,
      // A plan of the whole run in one block: no quicker, and 200 MB more.
      enableMemPattern: false,
    },
  );
  return loading;
}

function releaseSession(): void {
  const last = loading;
  loading = null;
  last?.then((session) => session.release()).catch(() => {});
}

function normalise({ data }: Pixels): Float32Array {
  let largest = 1;
  for (let i = 0; i < AREA; i++) {
    largest = Math.max(largest, data[i * 4] ?? 0, data[i * 4 + 1] ?? 0, data[i * 4 + 2] ?? 0);
  }
  const planes = new Float32Array(3 * AREA);
  for (let channel = 0; channel < 3; channel++) {
    const mean = MEAN[channel] ?? 0;
    const spread = SPREAD[channel] ?? 1;
    for (let i = 0; i < AREA; i++) {
      planes[channel * AREA + i] = ((data[i * 4 + channel] ?? 0) / largest - mean) / spread;
    }
  }
  return planes;
}
