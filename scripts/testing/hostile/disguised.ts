import { accepted, type HostileImage, refusedAs } from "./hostile-image";
import { segment, withSegments } from "./jpeg-bytes";
import { noisyJpeg, picture } from "./pictures";

const latin1 = (text: string) => Buffer.from(text, "latin1");
const ftyp = (brand: string, ...compatible: string[]) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 16 + compatible.length * 4]),
    latin1(`ftyp${brand}\0\0\0\0${compatible.join("")}`),
    Buffer.alloc(200),
  ]);

/** What the gate must call each of them. */
export const FOUND: Record<string, string> = {
  "photo.heic.jpg": "HEIC",
  "iphone.jpg": "HEIC",
  "photo.avif.png": "AVIF",
  "moving.gif.png": "GIF",
  "paint.bmp.jpg": "BMP",
  "scan.tiff.jpg": "TIFF",
  "big-scan.tiff.jpg": "TIFF",
  "logo.svg.png": "SVG",
  "laughs.svg.png": "SVG",
  "error-page.html.jpg": "HTML",
  "script.mvg.jpg": "text",
  "paper.pdf.jpg": "PDF",
  "film.mp4.jpg": "MP4 video",
  "archive.zip.png": "ZIP",
  "layers.psd.jpg": "PSD",
  "zeros.jpg": "unknown",
  "almost-a.jpg": "unknown",
};

const BYTES: Record<string, Buffer> = {
  "photo.heic.jpg": ftyp("heic", "mif1", "heic"),
  "iphone.jpg": ftyp("mif1", "mif1", "heic"),
  "photo.avif.png": ftyp("avif", "mif1", "avif"),
  "paint.bmp.jpg": Buffer.concat([
    latin1("BM"),
    Buffer.from([0x36, 3, 0, 0, 0, 0, 0, 0, 0x36, 0, 0, 0]),
    Buffer.alloc(800),
  ]),
  "scan.tiff.jpg": Buffer.concat([latin1("II*\0\x08\0\0\0"), Buffer.alloc(100)]),
  "big-scan.tiff.jpg": Buffer.concat([latin1("II+\0\x08\0\0\0"), Buffer.alloc(100)]),
  "logo.svg.png": latin1(
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
  ),
  "laughs.svg.png": latin1(
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>',
  ),
  "error-page.html.jpg": latin1("<!DOCTYPE html>\n<html><body>404 Not Found</body></html>"),
  "script.mvg.jpg": latin1(
    "push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 '/etc/hostname'\npop graphic-context\n",
  ),
  "paper.pdf.jpg": latin1("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF"),
  "film.mp4.jpg": ftyp("isom", "isom", "mp41"),
  "archive.zip.png": latin1("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0rest of an archive"),
  "layers.psd.jpg": latin1("8BPS\0\x01\0\0\0\0\0\0\0\x03\0\0\0\x40\0\0\0\x40\0\x08\0\x03"),
  "zeros.jpg": Buffer.alloc(5_000),
  "almost-a.jpg": Buffer.concat([Buffer.from([0xff, 0xd8, 0x00]), Buffer.alloc(400, 7)]),
};

/** Other types under image names. */
export async function disguisedFiles(): Promise<HostileImage[]> {
  const files = { ...BYTES, "moving.gif.png": await picture().gif().toBuffer() };
  return Object.entries(files).map(([name, bytes]) => refusedAs(name, bytes, "UNSUPPORTED_TYPE"));
}

/** Images that are something else as well. Only bytes made anew are ever served for showing. */
export async function polyglots(): Promise<HostileImage[]> {
  const jpeg = await noisyJpeg();
  const script = segment(0xfe, latin1("<script>alert(document.domain)</script><?php phpinfo(); ?>"));
  return [
    accepted("jpeg-and-zip.jpg", Buffer.concat([jpeg, BYTES["archive.zip.png"] ?? Buffer.alloc(0)])),
    accepted("script-in-comment.jpg", withSegments(jpeg, script)),
    accepted("two-joined.jpg", Buffer.concat([jpeg, jpeg])),
    accepted("1-mb-tail.jpg", Buffer.concat([jpeg, Buffer.alloc(1_000_000, 0xa5)])),
    accepted("tail.png", Buffer.concat([await picture().png().toBuffer(), Buffer.alloc(5_000, 0x3c)])),
  ];
}
