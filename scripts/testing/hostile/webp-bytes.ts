function riffChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** RIFF container; `size` may lie about what follows. */
export function webp(chunks: Buffer[], size?: number): Buffer {
  const body = Buffer.concat([Buffer.from("WEBP", "latin1"), ...chunks]);
  const head = Buffer.from("RIFF\0\0\0\0", "latin1");
  head.writeUInt32LE(size ?? body.length, 4);
  return Buffer.concat([head, body]);
}

/** Header of a lossless frame with a few bytes of data. */
export function losslessHeader(width: number, height: number): Buffer {
  const data = Buffer.alloc(18);
  data[0] = 0x2f;
  data.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
  return riffChunk("VP8L", data);
}

/** Header of a lossy key frame with a few bytes of data. */
export function lossyHeader(width: number, height: number): Buffer {
  const data = Buffer.alloc(18);
  data.set([0x10, 0, 0, 0x9d, 0x01, 0x2a]);
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return riffChunk("VP8 ", data);
}

/** Canvas declaration that is followed by no frame. */
export function extendedHeader(width: number, height: number): Buffer {
  const data = Buffer.alloc(10);
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return riffChunk("VP8X", data);
}
