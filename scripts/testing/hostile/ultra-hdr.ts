import { sharp } from "@/lib/images/decoder";
import { segment, withSegments } from "./jpeg-bytes";
import { HEIGHT, picture, WIDTH } from "./pictures";

const APP1 = 0xe1;
const APP2 = 0xe2;
const MP_ENTRY_BYTES = 16;
const PRIMARY = 0x030000;

/**
 * What phones save as Ultra HDR: a plain JPEG, and behind its end a second one that says how much brighter each place
 * may be shown. XMP names the second, an MPF segment (CIPA DC-007) says where it lies.
 */
export async function ultraHdrJpeg(): Promise<Buffer> {
  const gainMap = withSegments(
    await sharp({ create: { width: WIDTH / 4, height: HEIGHT / 4, channels: 3, background: "#808080" } })
      .toColourspace("b-w")
      .jpeg()
      .toBuffer(),
    xmp('hdrgm:Version="1.0" hdrgm:GainMapMin="0" hdrgm:GainMapMax="2.3" hdrgm:HDRCapacityMax="2.3"'),
  );
  const plain = await picture().jpeg({ quality: 95 }).toBuffer();
  const directory = xmp(
    'hdrgm:Version="1.0"',
    `<Container:Directory><rdf:Seq>
      <rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li>
      <rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="GainMap" Item:Mime="image/jpeg" Item:Length="${gainMap.length}"/></rdf:li>
    </rdf:Seq></Container:Directory>`,
  );
  // The segment's own length does not depend on what it says.
  const first = withSegments(plain, directory, mpf(0, 0, 0));
  // Offsets count from the TIFF header inside the segment: marker, length and "MPF\0" lie before it.
  const tiffAt = 2 + directory.length + 4 + 4;
  return Buffer.concat([
    withSegments(plain, directory, mpf(first.length, gainMap.length, first.length - tiffAt)),
    gainMap,
  ]);
}

function xmp(attributes: string, inside = ""): Buffer {
  const text = `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
    xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"
    xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/"
    ${attributes}>${inside}</rdf:Description></rdf:RDF></x:xmpmeta>`;
  return segment(APP1, Buffer.from(text));
}

function mpf(primaryBytes: number, secondBytes: number, secondOffset: number): Buffer {
  const entriesAt = 8 + 2 + 3 * 12 + 4;
  const tiff = Buffer.alloc(entriesAt + 2 * MP_ENTRY_BYTES);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(3, 8);
  const field = (n: number, tag: number, type: number, count: number) => {
    tiff.writeUInt16LE(tag, 10 + n * 12);
    tiff.writeUInt16LE(type, 12 + n * 12);
    tiff.writeUInt32LE(count, 14 + n * 12);
    return 18 + n * 12;
  };
  tiff.write("0100", field(0, 0xb000, 7, 4), "latin1");
  tiff.writeUInt32LE(2, field(1, 0xb001, 4, 1));
  tiff.writeUInt32LE(entriesAt, field(2, 0xb002, 7, 2 * MP_ENTRY_BYTES));
  tiff.writeUInt32LE(PRIMARY, entriesAt);
  tiff.writeUInt32LE(primaryBytes, entriesAt + 4);
  tiff.writeUInt32LE(secondBytes, entriesAt + MP_ENTRY_BYTES + 4);
  tiff.writeUInt32LE(secondOffset, entriesAt + MP_ENTRY_BYTES + 8);
  return segment(APP2, Buffer.concat([Buffer.from("MPF\0", "latin1"), tiff]));
}
