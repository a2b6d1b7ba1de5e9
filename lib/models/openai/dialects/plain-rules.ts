import type { DialectRules, EditWay, Fields } from "./types";

type FormWay = Extract<EditWay, { kind: "form" }>;

/** Fields that every server with a route for edits names as the provider does. */
export const PROVIDER_FIELDS: Fields = {
  model: "model",
  prompt: "prompt",
  n: "n",
  size: "size",
  format: "output_format",
  compression: "output_compression",
};

/** What vLLM-Omni and SGLang name alike. */
export const DIFFUSION_FIELDS: Fields = {
  ...PROVIDER_FIELDS,
  seed: "seed",
  negativePrompt: "negative_prompt",
  steps: "num_inference_steps",
  responseFormat: "response_format",
};

/** A server that has the provider's two routes and no habits of its own; what differs is said over it. */
export function plainRules({
  fields,
  image,
  mask,
}: Pick<FormWay, "fields" | "image" | "mask">): Omit<DialectRules, "capabilities"> {
  return {
    maskInk: "white",
    editFormats: null,
    generate: { path: "/images/generations", fields },
    edit: { kind: "form", path: "/images/edits", image, mask, fields },
    maskedEdit: null,
    autoSize: null,
    prompt: ({ prompt }) => prompt,
    promptNotes: () => [],
  };
}
