import { modelList } from "../models";
import type { SentBody } from "../read-body";
import { Refusal } from "../refusal";
import type { Settings } from "../settings";
import type { Ask, Dialect } from "./dialect";
import { diffusionAsk, diffusionSources, requireImage } from "./diffusion";
import { maskOfFile, textField } from "./fields";

const MODEL = "black-forest-labs/FLUX.2-dev";
const UNDERSTOOD = [
  "seed",
  "negative_prompt",
  "num_inference_steps",
  "guidance_scale",
  "true_cfg_scale",
  "enable_upscaling",
] as const;

/** SGLang diffusion: takes a mask and does not look at it, repeats the prompt as `revised_prompt`, errors as `detail`. */
export const sglangDialect: Dialect = {
  key: null,
  open: false,
  official: false,
  serial: false,
  images: {
    "POST /v1/images/generations": async (sent, settings) => ask(sent, settings),
    "POST /v1/images/edits": edit,
  },
  info: { "/v1/models": ({ models }) => modelList(models ?? [MODEL], "sglang"), "/health": () => ({}) },
  answer: ({ ask: { prompt }, pictures, created }) => ({
    id: `img_${created}`,
    created,
    data: pictures.map((picture) => ({ b64_json: picture.toString("base64"), revised_prompt: prompt })),
  }),
  refuse: ({ message }) => ({ detail: message }),
  wrongKey: () => new Refusal(401, "Unauthorized"),
};

function ask(sent: SentBody, { models }: Settings): Ask {
  // Without storage behind it the server has no address to give.
  if (textField(sent, "response_format") === "url") {
    throw new Refusal(400, "response_format='url' requires cloud storage to be configured");
  }
  return diffusionAsk(sent, { model: models?.[0] ?? MODEL, understood: UNDERSTOOD });
}

async function edit(sent: SentBody, settings: Settings): Promise<Ask> {
  const images = await diffusionSources(sent, ["image", "image[]"], ["url", "url[]"]);
  return {
    ...requireImage(ask(sent, settings), images, sent),
    mask: await maskOfFile(sent, "mask", "unused"),
  };
}
