/** What the tests use of yauzl 3, which comes without types. */
declare module "yauzl" {
  import type { Readable } from "node:stream";

  export type Entry = { fileName: string; compressionMethod: number; uncompressedSize: number };
  export type ZipFile = {
    readEntry(): void;
    openReadStream(entry: Entry, done: (error: Error | null, stream: Readable) => void): void;
    on(event: "entry", listener: (entry: Entry) => void): ZipFile;
    on(event: "end", listener: () => void): ZipFile;
    on(event: "error", listener: (error: Error) => void): ZipFile;
  };
  export function fromBuffer(
    buffer: Buffer,
    options: { lazyEntries: boolean },
    done: (error: Error | null, zip: ZipFile) => void,
  ): void;
}
