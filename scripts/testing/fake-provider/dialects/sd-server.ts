import { z } from "zod";
import { modelList } from "../models";
import type { SentBody } from "../read-body";
import { Refusal } from "../refusal";
import type { Ask, Dialect } from "./dialect";
import { imagesOfFiles, maskOfFile, numberField, parseSize, pick, textField } from "./fields";

const MODEL = "sd-cpp-local";
const EXTRA = /<sd_cpp_extra_args>([\s\S]*?)<\/sd_cpp_extra_args>/;
const FORMATS = z.enum(["png", "jpeg", "webp"]);

/**
 * stable-diffusion.cpp's sd-server: no key, one call at a time, the model's name ignored, parameters hidden in the
 * prompt, the mask read as grey without its alpha, errors as plain text.
 */
export const sdServerDialect: Dialect = {
  key: null,
  open: true,
  official: false,
  serial: true,
  images: {
    "POST /v1/images/generations": async (sent) => ({ ...common(sent), images: [], mask: null }),
    "POST /v1/images/edits": edit,
  },
  info: { "/v1/models": () => modelList([MODEL], "local") },
  answer: ({ ask, pictures, created }) => ({
    created,
    output_format: ask.format,
    data: pictures.map((picture) => ({ b64_json: picture.toString("base64") })),
  }),
  refuse: ({ message }) => ({ error: message }),
  wrongKey: () => new Refusal(401, "unauthorized"),
};

async function edit(sent: SentBody): Promise<Ask> {
  if (sent.kind !== "form") throw new Refusal(400, "Content-Type must be multipart/form-data");
  const ask = common(sent);
  if (ask.format === "webp") throw new Refusal(400, "invalid output_format, must be one of [png, jpeg]");
  const images = await imagesOfFiles(sent, ["image[]", "image"]);
  const [first] = images;
  if (!first) throw new Refusal(400, "at least one image[] required");
  const asked = parseSize(textField(sent, "size"));
  const { width, height } = first;
  return { ...ask, size: asked ?? { width, height }, images, mask: await maskOfFile(sent, "mask", "grey") };
}

function common(sent: SentBody): Ask {
  const text = textField(sent, "prompt");
  if (!text) throw new Refusal(400, "prompt required");
  const format = FORMATS.safeParse(textField(sent, "output_format") ?? "png");
  if (!format.success) throw new Refusal(400, "invalid output_format, must be one of [png, jpeg, webp]");
  const size = parseSize(textField(sent, "size")) ?? { width: 512, height: 512 };
  return {
    model: MODEL,
    prompt: text.replace(EXTRA, "").trim(),
    n: Math.max(1, Math.min(8, numberField(sent, "n") ?? 1)),
    size,
    quality: null,
    format: format.data,
    compression: numberField(sent, "output_compression") ?? 100,
    background: "opaque",
    images: [],
    mask: null,
    tokens: { text: 0, image: 0, output: 0 },
    understood: { ...pick(sent, ["size"]), ...hidden(text) },
  };
}

/** The parameters inside the prompt; the real server ignores what it cannot parse. */
function hidden(prompt: string): Record<string, unknown> {
  const [, text = "{}"] = EXTRA.exec(prompt) ?? [];
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return {};
  }
}
