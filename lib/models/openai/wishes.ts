import type { ImageFormat } from "@/lib/images/types";
import type { MakeRequest } from "../types";
import type { Wishes } from "./dialects/types";
import type { Provider } from "./make-image";
import { providerSize, sizeText } from "./sizes";

/** What the model is asked for, as far as it has such choices. */
export function wishesOf({ facts, rules }: Provider, request: MakeRequest): Wishes {
  const { capabilities } = facts;
  const { provider, source, references, prompt, endUser } = request;
  const size = providerSize(capabilities.sizes, provider.size, source ?? references[0] ?? null);
  const background = capabilities.backgrounds.includes(provider.background) ? provider.background : undefined;
  const isEdit = source !== null || references.length > 0;
  const formats = (isEdit ? rules.editFormats : null) ?? capabilities.formats;
  const format = askedFormat(request, formats, background === "transparent");
  return {
    model: facts.id,
    prompt,
    n: 1,
    size: size && sizeText(size),
    quality: qualityOf(request, capabilities.qualities),
    background,
    format,
    compression: format === "png" ? undefined : request.output.quality,
    moderation: capabilities.moderation ? provider.moderation : undefined,
    complexity: (capabilities.complexity && provider.complexity) || undefined,
    seed: capabilities.seed ? (request.seed ?? provider.seed ?? undefined) : undefined,
    negativePrompt: (capabilities.negativePrompt && provider.negativePrompt.trim()) || undefined,
    steps: capabilities.steps ? (provider.steps ?? undefined) : undefined,
    endUser,
    responseFormat: "b64_json",
  };
}

/** A quality of another model becomes the provider's choice; its price counts as any of them. */
function qualityOf({ provider }: MakeRequest, qualities: readonly string[]): string | undefined {
  if (qualities.length === 0) return undefined;
  return qualities.includes(provider.quality) ? provider.quality : "auto";
}

/** What is resized or converted here comes without loss; JPEG has no transparency. */
function askedFormat({ output }: MakeRequest, formats: readonly ImageFormat[], clear: boolean): ImageFormat {
  const isFinal = output.size.mode === "keep" && formats.includes(output.format);
  const loses = clear && output.format === "jpeg";
  if (isFinal && !loses) return output.format;
  return formats.includes("png") ? "png" : (formats[0] ?? "png");
}
