export const SOI = Buffer.from([0xff, 0xd8]);
export const EOI = Buffer.from([0xff, 0xd9]);

export function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** Frame header of a picture, 8 bits and 4:4:4 unless told otherwise. */
export function frame(facts: {
  width: number;
  height: number;
  marker?: number;
  bits?: number;
  components?: number;
}): Buffer {
  const { width, height, marker = 0xc0, bits = 8, components = 3 } = facts;
  const data = Buffer.alloc(6 + components * 3);
  data[0] = bits;
  data.writeUInt16BE(height, 1);
  data.writeUInt16BE(width, 3);
  data[5] = components;
  for (let i = 0; i < components; i++) data.set([i + 1, 0x11, 0], 6 + i * 3);
  return segment(marker, data);
}

/** Start of a scan over all components, followed by a few bytes that are no picture. */
export function scan(components = 3): Buffer {
  const parts = Array.from({ length: components }, (_, i) => [i + 1, 0]).flat();
  return Buffer.concat([
    segment(0xda, Buffer.from([components, ...parts, 0, 63, 0])),
    Buffer.alloc(16, 0x5a),
  ]);
}

/** `jpeg` with segments put in right after its start marker. */
export function withSegments(jpeg: Buffer, ...segments: Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** Offset of the first marker with this code, counted segment by segment; -1 when there is none before the scan. */
export function findMarker(jpeg: Buffer, code: number): number {
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    if (jpeg[at + 1] === code) return at;
    if (jpeg[at + 1] === 0xda) return -1;
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return -1;
}
