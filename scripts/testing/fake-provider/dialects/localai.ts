import { bytesOfText, type ImageIn, readImage } from "../images-in";
import { modelList } from "../models";
import type { SentBody } from "../read-body";
import { Refusal } from "../refusal";
import type { Settings } from "../settings";
import type { Ask, Dialect, Made } from "./dialect";
import { imagesOfFiles, maskOfFile, numberField, parseSize, pick, textField, textList } from "./fields";

const MODELS = ["flux-kontext", "stablediffusion"];
const UNDERSTOOD = ["seed", "step", "response_format", "size"] as const;

/**
 * LocalAI: no edits route, sources as base64 inside generations, masks at /inpainting (white is repainted), a `|` in
 * the prompt begins the negative one, PNG only, a URL of its own unless base64 is asked for, integer error codes.
 */
export const localaiDialect: Dialect = {
  key: null,
  open: false,
  official: false,
  serial: false,
  images: {
    "POST /v1/images/generations": async (sent, settings) => common(sent, settings, await sourcesOf(sent)),
    "POST /v1/images/inpainting": inpaint,
  },
  info: { "/v1/models": ({ models }) => modelList(models ?? MODELS, "localai") },
  answer,
  refuse: ({ status, message, type }) => ({ error: { code: status, message, type, param: null } }),
  wrongKey: () => new Refusal(401, "An authentication key is required", { type: "invalid_request_error" }),
};

async function inpaint(sent: SentBody, settings: Settings): Promise<Ask> {
  const images = await imagesOfFiles(sent, ["image"]);
  const mask = await maskOfFile(sent, "mask", "grey");
  const [first] = images;
  if (!first || !mask) throw new Refusal(400, "missing image or mask file");
  return { ...common(sent, settings, images), size: { width: first.width, height: first.height }, mask };
}

function common(sent: SentBody, { models }: Settings, images: ImageIn[]): Ask {
  const model = textField(sent, "model") ?? MODELS[0] ?? "";
  if (!(models ?? MODELS).includes(model)) {
    throw new Refusal(404, `model "${model}" not found`, { type: "invalid_request_error" });
  }
  const [prompt = "", negative] = (textField(sent, "prompt") ?? "").split("|");
  return {
    model,
    prompt: prompt.trim(),
    n: numberField(sent, "n") ?? 1,
    size: parseSize(textField(sent, "size")) ?? { width: 512, height: 512 },
    quality: null,
    format: "png",
    compression: 100,
    background: "opaque",
    images,
    mask: null,
    tokens: { text: 0, image: 0, output: 0 },
    understood: {
      ...pick(sent, UNDERSTOOD),
      ...(negative === undefined ? {} : { negative_prompt: negative.trim() }),
    },
  };
}

/** `file`, `files` and `ref_images`: bare base64, without a data URL's head. */
async function sourcesOf(sent: SentBody): Promise<ImageIn[]> {
  const texts = ["file", "files", "ref_images"].flatMap((field) =>
    textList(sent, field).map((text) => ({ field, text })),
  );
  return Promise.all(
    texts.map(async ({ field, text }) => {
      if (/^(data|https?):/.test(text)) throw new Refusal(500, "illegal base64 data at input byte 4");
      const image = await readImage({ field, bytes: bytesOfText(text) });
      if (!image) throw new Refusal(500, "image: unknown format");
      return image;
    }),
  );
}

function answer({ ask, pictures, created, origin, keep }: Made) {
  const asBase64 = ask.understood.response_format === "b64_json";
  return {
    created,
    id: `img-${created}`,
    data: pictures.map((picture) =>
      asBase64 ? { b64_json: picture.toString("base64") } : { url: `${origin}${keep(picture, ask.format)}` },
    ),
    usage: {
      input_tokens: 0,
      output_tokens: 0,
      total_tokens: 0,
      input_tokens_details: { text_tokens: 0, image_tokens: 0 },
    },
  };
}
