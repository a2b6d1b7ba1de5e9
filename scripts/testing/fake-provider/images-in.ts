import { sharp } from "@/lib/images/decoder";
import { sniffImage } from "@/lib/images/sniff";
import type { ImageFormat } from "@/lib/images/types";
import { sha256 } from "./pictures/trace";
import type { SentFile } from "./read-body";
import { Refusal } from "./refusal";

export type ImageIn = {
  field: string;
  /** Of the bytes as they arrived. */
  sha256: string;
  bytes: Buffer;
  format: ImageFormat;
  /** After turning by EXIF. */
  width: number;
  height: number;
  alpha: boolean;
};

/** The image of a sent file, or null when it is no JPEG, PNG or WebP that can be read. */
export async function readImage({
  field,
  bytes,
  ...file
}: Pick<SentFile, "field" | "bytes"> & { sha256?: string }) {
  const format = sniffImage(bytes.subarray(0, 4096));
  const header =
    format &&
    (await sharp(bytes)
      .metadata()
      .catch(() => null));
  if (!format || !header) return null;
  const turned = (header.orientation ?? 1) >= 5;
  return {
    field,
    bytes,
    sha256: file.sha256 ?? sha256(bytes),
    format,
    width: turned ? header.height : header.width,
    height: turned ? header.width : header.height,
    alpha: header.hasAlpha,
  } satisfies ImageIn;
}

/** Where a server repaints, by its own reading of the mask. `image` is grey: light where it works; null: everywhere. */
export type MaskIn = ImageIn & {
  /** Share of the mask that is transparent, white (by colour alone), and taken as "repaint". */
  transparentShare: number;
  whiteShare: number;
  repaintShare: number;
  repaint: Buffer | null;
};

/** `alpha`: transparent is repainted; `grey`: light is repainted, alpha ignored; `unused`: looked at by nobody. */
export type MaskReading = "alpha" | "grey" | "unused";

export async function readMask(mask: ImageIn, reading: MaskReading): Promise<MaskIn> {
  const grey = await sharp(mask.bytes).removeAlpha().greyscale().png().toBuffer();
  const holes = mask.alpha
    ? await sharp(mask.bytes).ensureAlpha().extractChannel("alpha").negate().png().toBuffer()
    : null;
  const repaint = reading === "alpha" ? holes : reading === "grey" ? grey : null;
  return {
    ...mask,
    transparentShare: holes ? await lightShare(holes) : 0,
    whiteShare: await lightShare(grey),
    repaintShare: repaint ? await lightShare(repaint) : 1,
    repaint,
  };
}

async function lightShare(image: Buffer): Promise<number> {
  const pixels = await sharp(image).extractChannel(0).raw().toBuffer();
  return pixels.filter((value) => value > 127).length / pixels.length;
}

/** Bytes of a data URL or plain base64. */
export function bytesOfText(text: string): Buffer {
  return Buffer.from(text.replace(/^data:[^,]*;base64,/, ""), "base64");
}

export function badImage(number: number, field = "image"): Refusal {
  return new Refusal(400, `Invalid image file or mode for image ${number}, please check your image file.`, {
    type: "image_generation_user_error",
    code: "invalid_image_file",
    param: field,
  });
}
