import { readSync } from "node:fs";

/** Random access to bytes. `read` answers fewer bytes than asked at the end and none beyond it; it never throws. */
export type ByteSource = { size: number; read(offset: number, length: number): Buffer };

const WINDOW = 65_536;

export function memorySource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: buffer.length, read: (offset, length) => buffer.subarray(offset, offset + length) };
}

/** Reads in windows of 64 kB, so that walking 200,000 tiny chunks costs dozens of system calls. */
export function fileSource(fd: number, size: number): ByteSource {
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  return {
    size,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      if (offset < start || offset + wanted > start + window.length) {
        window = readAt(fd, offset, Math.max(wanted, Math.min(WINDOW, size - offset)));
        start = offset;
      }
      return window.subarray(offset - start, offset - start + wanted);
    },
  };
}

function readAt(fd: number, offset: number, length: number): Buffer {
  if (length <= 0) return Buffer.alloc(0);
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const got = readSync(fd, buffer, filled, length - filled, offset + filled);
    if (got === 0) break;
    filled += got;
  }
  return buffer.subarray(0, filled);
}
