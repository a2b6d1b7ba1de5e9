import { modelList } from "../models";
import type { SentBody } from "../read-body";
import { Refusal } from "../refusal";
import type { Settings } from "../settings";
import type { Ask, Dialect } from "./dialect";
import { diffusionAsk, diffusionSources, requireImage } from "./diffusion";
import { maskOfFile } from "./fields";

const MODEL = "Qwen/Qwen-Image-Edit-2511";
const UNDERSTOOD = [
  "seed",
  "negative_prompt",
  "num_inference_steps",
  "guidance_scale",
  "true_cfg_scale",
] as const;

/**
 * vLLM-Omni: one model a process, the mask in `mask_image` (white is repainted), base64 only, unknown parameters
 * ignored without a word, errors as `detail`, 503 until the model is loaded.
 */
export const vllmOmniDialect: Dialect = {
  key: null,
  open: false,
  official: false,
  serial: false,
  images: {
    "POST /v1/images/generations": async (sent, settings) => ask(sent, settings),
    "POST /v1/images/edits": edit,
  },
  info: { "/v1/models": ({ models }) => modelList(models ?? [MODEL], "vllm"), "/health": () => ({}) },
  answer: ({ pictures, created }) => ({
    created,
    data: pictures.map((picture) => ({
      b64_json: picture.toString("base64"),
      url: null,
      revised_prompt: null,
    })),
  }),
  refuse: ({ message }) => ({ detail: message }),
  wrongKey: () => new Refusal(401, "Unauthorized"),
};

function ask(sent: SentBody, { models }: Settings): Ask {
  return diffusionAsk(sent, { model: models?.[0] ?? MODEL, understood: UNDERSTOOD });
}

async function edit(sent: SentBody, settings: Settings): Promise<Ask> {
  const images = await diffusionSources(sent, ["image", "image[]"], ["url", "url[]"]);
  return {
    ...requireImage(ask(sent, settings), images, sent),
    mask: await maskOfFile(sent, "mask_image", "grey"),
  };
}
