import { z } from "zod";
import type { ImageIn } from "../images-in";
import type { SentBody } from "../read-body";
import { Refusal } from "../refusal";
import type { Ask } from "./dialect";
import { imagesOfFiles, imagesOfTexts, numberField, parseSize, pick, textField, textList } from "./fields";

// What vLLM-Omni and SGLang have in common.

const FORMATS = z.enum(["png", "jpeg", "webp"]);

export function diffusionAsk(
  sent: SentBody,
  { model, understood }: { model: string; understood: readonly string[] },
): Ask {
  const prompt = textField(sent, "prompt");
  if (!prompt) throw new Refusal(422, "prompt: Field required");
  const format = FORMATS.safeParse(textField(sent, "output_format") ?? "png");
  if (!format.success) throw new Refusal(422, "output_format: Input should be 'png', 'jpeg' or 'webp'");
  return {
    model,
    prompt,
    n: numberField(sent, "n") ?? 1,
    size: parseSize(textField(sent, "size")) ?? { width: 1024, height: 1024 },
    quality: null,
    format: format.data,
    compression: numberField(sent, "output_compression") ?? 100,
    background: textField(sent, "background") === "transparent" ? "transparent" : "opaque",
    images: [],
    mask: null,
    tokens: { text: 0, image: 0, output: 0 },
    understood: pick(sent, understood),
  };
}

/** Sources as files, or as data URLs in text fields. */
export async function diffusionSources(
  sent: SentBody,
  fileFields: readonly string[],
  urlFields: readonly string[],
): Promise<ImageIn[]> {
  const ofUrls = urlFields.map((field) => imagesOfTexts(textList(sent, field), field));
  return (await Promise.all([imagesOfFiles(sent, fileFields), ...ofUrls])).flat();
}

/** An edit without an asked size comes in the size of its source. */
export function requireImage(ask: Ask, images: ImageIn[], sent: SentBody): Ask {
  const [first] = images;
  if (!first) throw new Refusal(422, "image: Field required");
  const asked = parseSize(textField(sent, "size"));
  return { ...ask, images, size: asked ?? { width: first.width, height: first.height } };
}
