import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { type Pixels, resizePixels } from "@/lib/images/pixels";
import { byteAt, type Plane } from "../raster/plane";

const SIDE = 320;
const AREA = SIDE * SIDE;
const MEAN = [0.485, 0.456, 0.406];
const SPREAD = [0.229, 0.224, 0.225];

/** How likely each of 320 x 320 pixels belongs to the subject, 0..1, as the network says it (not stretched). */
export async function findSaliency(pixels: Pixels): Promise<Plane> {
  const small = await resizePixels(pixels, SIDE, SIDE);
  const session = await loadSession();
  const input = new ort.Tensor("float32", normalise(small), [1, 3, SIDE, SIDE]);
  const name = session.outputNames[0] ?? "1959";
  const result = await session.run({ [session.inputNames[0] ?? "input.1"]: input }, [name]);
  const output = result[name];
  if (!output || !(output.data instanceof Float32Array)) throw new Error("the network gave no mask");
  return { data: output.data.slice(0, AREA), width: SIDE, height: SIDE };
}

let loading: Promise<ort.InferenceSession> | null = null;

/** One session for the life of the process: loading costs more than a run. One thread: the queue runs one item per core. */
function loadSession() {
  loading ??= ort.InferenceSession.create(
    join(process.cwd(), "lib", "models", "studio", "network", "u2netp.onnx"),
    { executionProviders: ["cpu"], intraOpNumThreads: 1, interOpNumThreads: 1, enableCpuMemArena: false },
  );
  return loading;
}

function normalise({ data }: Pixels): Float32Array {
  let largest = 1;
  for (let i = 0; i < AREA; i++) {
    largest = Math.max(largest, byteAt(data, i * 4), byteAt(data, i * 4 + 1), byteAt(data, i * 4 + 2));
  }
  const planes = new Float32Array(3 * AREA);
  for (let channel = 0; channel < 3; channel++) {
    const mean = MEAN[channel] ?? 0;
    const spread = SPREAD[channel] ?? 1;
    for (let i = 0; i < AREA; i++) {
      planes[channel * AREA + i] = (byteAt(data, i * 4 + channel) / largest - mean) / spread;
    }
  }
  return planes;
}
