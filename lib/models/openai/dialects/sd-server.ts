import { ModelError } from "../../types";
import { SERVER_CAPABILITIES } from "../catalogue/capabilities";
import { PROVIDER_FIELDS, plainRules } from "./plain-rules";
import type { DialectRules, Wishes } from "./types";

const TAG = "sd_cpp_extra_args";
/** Either end of the tag, however it is written. */
const ANY_TAG = /<\s*\/?\s*sd_cpp_extra_args/i;
const REFUSED = `The prompt holds “<${TAG}>”, which this server reads as settings. Take it out of the prompt.`;

/** stable-diffusion.cpp. What has no field of its own goes as JSON into the prompt. */
export const sdServerRules: DialectRules = {
  // It reads one grey channel of a mask and no alpha: white is painted anew, as plain rules have it.
  ...plainRules({ fields: PROVIDER_FIELDS, image: { one: "image[]", many: "image[]" }, mask: "mask" }),
  capabilities: {
    ...SERVER_CAPABILITIES,
    sizes: {
      kind: "free",
      presets: ["512x512", "768x768", "1024x1024", "1024x768", "768x1024"],
      multiple: 64,
      maxEdge: 2048,
      maxRatio: 4,
      minPixels: 65_536,
      maxPixels: 4_194_304,
    },
  },
  editFormats: ["png", "jpeg"],
  prompt: promptWithArguments,
  promptNotes: (prompt) => (ANY_TAG.test(prompt) ? [REFUSED] : []),
};

function promptWithArguments({ prompt, seed, negativePrompt, steps }: Wishes): string {
  if (ANY_TAG.test(prompt)) throw new ModelError("bad_request", REFUSED);
  const given = {
    ...(seed === undefined ? {} : { seed }),
    ...(negativePrompt ? { negative_prompt: negativePrompt } : {}),
    ...(steps === undefined ? {} : { sample_params: { sample_steps: steps } }),
  };
  if (Object.keys(given).length === 0) return prompt;
  // A "<" of the person's own words must not end the tag early.
  return `${prompt}<${TAG}>${JSON.stringify(given).replaceAll("<", "\\u003c")}</${TAG}>`;
}
