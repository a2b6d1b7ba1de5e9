import { z } from "zod";
import { badImage, bytesOfText, type ImageIn, type MaskIn, readImage, readMask } from "../images-in";
import { findServed, modelList, type ServedModel } from "../models";
import type { SentBody } from "../read-body";
import { errorEnvelope, Refusal } from "../refusal";
import type { Settings } from "../settings";
import { inputImageTokens, outputTokens, textTokens } from "../tokens";
import type { Ask, Dialect, Made } from "./dialect";
import { imagesOfFiles, pick, textField } from "./fields";
import {
  checkedCompression,
  checkedCount,
  checkedPrompt,
  checkedSize,
  checkKnownFields,
  invalidValue,
  oneOf,
  type Size,
} from "./openai-checks";

const MAX_IMAGES = 16;
const MAX_IMAGE_BYTES = 50_000_000;
const MAX_MASK_BYTES = 4_000_000;
const FORMATS = ["png", "jpeg", "webp"] as const;
const SQUARE: Size = { width: 1024, height: 1024 };

/** The images API of the real provider. */
export const openaiDialect: Dialect = {
  key: "sk-fake-0123456789",
  open: false,
  official: true,
  serial: false,
  images: {
    "POST /v1/images/generations": (sent, settings) => readAsk(sent, settings, null),
    "POST /v1/images/edits": async (sent, settings) => readAsk(sent, settings, await imagesOf(sent)),
  },
  info: { "/v1/models": ({ models }) => modelList(models) },
  answer,
  refuse: errorEnvelope,
  wrongKey(sent) {
    if (!sent) return new Refusal(401, "You didn't provide an API key.", { code: null });
    const shown = `${sent.slice(0, 8)}****${sent.slice(-4)}`;
    return new Refusal(
      401,
      `Incorrect API key provided: ${shown}. You can find your API key at https://platform.openai.com/account/api-keys.`,
      { code: "invalid_api_key" },
    );
  },
};

/** `images` null: a generation. */
async function readAsk(sent: SentBody, { models }: Settings, images: ImageIn[] | null): Promise<Ask> {
  const model = checkedModel(sent, models);
  checkKnownFields(sent, model, images !== null);
  const prompt = checkedPrompt(sent);
  const n = checkedCount(sent);
  const asked = oneOf(sent, "quality", ["auto", ...model.qualities]);
  const quality = asked === "auto" ? "medium" : asked;
  const format = z.enum(FORMATS).parse(oneOf(sent, "output_format", FORMATS));
  const background = oneOf(sent, "background", ["auto", "opaque", "transparent"]);
  if (background === "transparent" && format === "jpeg") {
    throw invalidValue("background", "Transparent background is not supported for JPEG output format.");
  }
  oneOf(sent, "moderation", ["auto", "low"]);
  if (model.complexity) oneOf(sent, "complexity", ["high", "medium", "low"]);
  const size = checkedSize(sent) ?? autoSize(images?.[0]);
  const sources = images ?? [];
  return {
    model: model.id,
    prompt,
    n,
    size,
    quality,
    format,
    compression: checkedCompression(sent, format),
    background: background === "auto" ? "opaque" : background,
    images: sources,
    mask: await maskOf(sent, sources[0]),
    tokens: {
      text: textTokens(prompt),
      image: sources.reduce((sum, image) => sum + inputImageTokens(image), 0),
      output: n * outputTokens({ family: model.family, quality, ...size }),
    },
    understood: pick(sent, ["moderation", "complexity", "safety_identifier", "user"]),
  };
}

function checkedModel(sent: SentBody, own: readonly string[] | undefined): ServedModel {
  const id = textField(sent, "model") ?? "";
  if (!id) {
    throw new Refusal(400, "You must provide a model parameter.", {
      code: "missing_required_parameter",
      param: "model",
    });
  }
  const model = findServed(id, own);
  if (model) return model;
  throw new Refusal(404, `The model '${id}' does not exist or you do not have access to it.`, {
    code: "model_not_found",
  });
}

/** Sources of a form (`image`, `image[]`) or of JSON (`images`). */
async function imagesOf(sent: SentBody): Promise<ImageIn[]> {
  const tooLarge = sent.files.find(({ bytes }) => bytes.length >= MAX_IMAGE_BYTES);
  if (tooLarge) throw invalidValue("image", "Image file is too large. The maximum size is 50MB.");
  const images =
    sent.kind === "json"
      ? await imagesOfReferences(sent.fields.images)
      : await imagesOfFiles(sent, ["image", "image[]"]);
  if (images.length === 0) {
    const param = sent.kind === "json" ? "images" : "image";
    throw new Refusal(400, `Missing required parameter: '${param}'.`, {
      code: "missing_required_parameter",
      param,
    });
  }
  if (images.length > MAX_IMAGES) {
    throw invalidValue("image", `Too many images. The maximum is ${MAX_IMAGES}, but got ${images.length}.`);
  }
  return images;
}

const referenceSchema = z.object({ image_url: z.string().startsWith("data:image/").max(20_971_520) });

async function imagesOfReferences(value: unknown): Promise<ImageIn[]> {
  const references = z.array(referenceSchema).safeParse(value ?? []);
  if (!references.success) throw invalidValue("images", "Only data URLs are served here as 'image_url'.");
  return Promise.all(
    references.data.map(async ({ image_url }, at) => {
      const image = await readImage({ field: "images", bytes: bytesOfText(image_url) });
      if (!image) throw badImage(at + 1);
      return image;
    }),
  );
}

async function maskOf(sent: SentBody, first: ImageIn | undefined): Promise<MaskIn | null> {
  const reference = referenceSchema.safeParse(sent.fields.mask);
  const file = sent.files.find(({ field }) => field === "mask");
  const bytes = file?.bytes ?? (reference.success ? bytesOfText(reference.data.image_url) : null);
  if (!bytes) return null;
  const mask = await readImage({ field: "mask", bytes });
  if (!mask) throw badImage(1, "mask");
  if (bytes.length >= MAX_MASK_BYTES) throw badMask("mask file is too large, the maximum size is 4MB.");
  if (!mask.alpha) throw badMask("mask must have an alpha channel.");
  if (mask.width !== first?.width || mask.height !== first.height) {
    throw badMask("mask size does not match image size.");
  }
  return readMask(mask, "alpha");
}

function badMask(words: string): Refusal {
  return new Refusal(400, `Invalid mask image format - ${words}`, {
    type: "image_generation_user_error",
    code: "invalid_image_file",
    param: "mask",
  });
}

/** About a million pixels in the shape of the source. */
function autoSize(source: Size | undefined): Size {
  if (!source) return SQUARE;
  const ratio = Math.min(3, Math.max(1 / 3, source.width / source.height));
  const width = Math.round(Math.sqrt(1_048_576 * ratio));
  return { width, height: Math.round(width / ratio) };
}

function answer({ ask, pictures, created }: Made) {
  const { text, image, output } = ask.tokens;
  return {
    created,
    background: ask.background,
    output_format: ask.format,
    quality: ask.quality,
    size: `${ask.size.width}x${ask.size.height}`,
    data: pictures.map((picture) => ({ b64_json: picture.toString("base64") })),
    safety_identifier: ask.understood.safety_identifier ?? null,
    usage: {
      input_tokens: text + image,
      input_tokens_details: { text_tokens: text, image_tokens: image },
      output_tokens: output,
      output_tokens_details: { image_tokens: output, text_tokens: 0 },
      total_tokens: text + image + output,
    },
  };
}
