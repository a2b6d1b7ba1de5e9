import { sharp } from "@/lib/images/decoder";
import { accepted, type HostileImage } from "./hostile-image";
import { HEIGHT, picture, quarters, WIDTH } from "./pictures";
import { ultraHdrJpeg } from "./ultra-hdr";

const FORMATS = ["jpeg", "png", "webp"] as const;

/** EXIF turn that makes a stored picture upright, and how an upright one is stored so that it needs that turn. */
const STORED: Record<number, (upright: ReturnType<typeof sharp>) => Promise<ReturnType<typeof sharp>>> = {
  1: async (upright) => upright,
  2: async (upright) => upright.flop(),
  3: async (upright) => upright.rotate(180),
  4: async (upright) => upright.flip(),
  5: async (upright) => then(upright.rotate(90), (image) => image.flop()),
  6: async (upright) => upright.rotate(270),
  7: async (upright) => then(upright.rotate(90), (image) => image.flip()),
  8: async (upright) => upright.rotate(90),
};

/** One upright picture, stored in all eight orientations and the three formats: all must come out the same. */
export async function orientedFiles(): Promise<HostileImage[]> {
  const files: HostileImage[] = [];
  for (const [orientation, store] of Object.entries(STORED)) {
    const stored = await (await store(picture())).png().toBuffer();
    for (const format of FORMATS) {
      const bytes = await sharp(stored)
        .withMetadata({ orientation: Number(orientation) })
        .toFormat(format, { quality: 95 })
        .toBuffer();
      files.push(accepted(`orientation-${orientation}.${format}`, bytes));
    }
  }
  return files;
}

/** Good files that many tools stumble over. */
export async function kindFiles(): Promise<HostileImage[]> {
  const grey = () => picture().toColourspace("b-w");
  return [
    accepted("plain.jpg", await picture().jpeg({ quality: 95 }).toBuffer()),
    accepted("progressive.jpg", await picture().jpeg({ quality: 95, progressive: true }).toBuffer()),
    accepted("cmyk.jpg", await picture().toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer(), [
      "CONVERTED_CMYK",
    ]),
    accepted("cmyk-icc.jpg", await cmykWithProfile(), ["CONVERTED_CMYK"]),
    accepted("ultra-hdr.jpg", await ultraHdrJpeg()),
    accepted("16-bit.png", await picture().toColourspace("rgb16").png().toBuffer(), ["CONVERTED_16BIT"]),
    accepted("palette.png", await picture().png({ palette: true, colours: 256 }).toBuffer()),
    accepted("palette-alpha.png", await picture(4).png({ palette: true }).toBuffer()),
    accepted("interlaced.png", await picture().png({ progressive: true }).toBuffer()),
    accepted("display-p3.jpg", await picture().withIccProfile("p3").jpeg({ quality: 95 }).toBuffer()),
    accepted("display-p3.png", await picture().withIccProfile("p3").png().toBuffer()),
    accepted("grey.jpg", await grey().jpeg().toBuffer()),
    accepted("grey.png", await grey().png().toBuffer()),
    accepted("grey-alpha.png", await grey().ensureAlpha(0.5).png().toBuffer()),
    accepted("alpha.png", await picture(4).png().toBuffer()),
    accepted("alpha.webp", await picture(4).webp({ quality: 95 }).toBuffer()),
    accepted("lossless.webp", await picture().webp({ lossless: true }).toBuffer()),
    accepted("named-jpg-but-png.jpg", await picture().png().toBuffer()),
    accepted(
      "one-pixel.png",
      await sharp(Buffer.from([1, 2, 3]), { raw: { width: 1, height: 1, channels: 3 } })
        .png()
        .toBuffer(),
    ),
    accepted("animated.webp", await animated(), ["ANIMATED_FIRST_FRAME"]),
  ];
}

async function then(
  image: ReturnType<typeof sharp>,
  next: (image: ReturnType<typeof sharp>) => ReturnType<typeof sharp>,
) {
  return next(sharp(await image.png().toBuffer()));
}

/** With the press profile it was separated for: without one, colours are a guess. */
function cmykWithProfile(): Promise<Buffer> {
  return picture().toColourspace("cmyk").withIccProfile("cmyk").jpeg({ quality: 95 }).toBuffer();
}

/** Three frames: the quarters, then black, then grey. */
function animated(): Promise<Buffer> {
  const first = quarters();
  const frames = Buffer.concat([first, Buffer.alloc(first.length), Buffer.alloc(first.length, 128)]);
  const raw = { width: WIDTH, height: HEIGHT * 3, channels: 3 as const, pageHeight: HEIGHT };
  return sharp(frames, { raw })
    .webp({ quality: 95, delay: [100, 100, 100] })
    .toBuffer();
}
