export type ByteRange = { start: number; end?: number };

export type StoredObject = {
  stream: ReadableStream<Uint8Array>;
  /** Bytes in this answer (of the range). */
  size: number;
  /** Bytes of the whole object. */
  total: number;
  start: number;
};

export type ListedObject = { key: string; size: number; modified: Date };

/** How a browser sends one file to the storage itself: good for one key and at most 10 minutes. */
export type UploadTarget =
  | { kind: "put"; url: string; headers: Record<string, string> }
  | { kind: "vercel-blob"; pathname: string; token: string };

/** Where bytes live. Keys are made by lib/storage/keys.ts alone; never from user text. */
export interface Storage {
  /** Durable when resolved: all or nothing, an existing key is replaced in one instant. Throws StorageError. */
  put(
    key: string,
    body: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array,
  ): Promise<{ size: number }>;
  /** Like put for a local file, which is moved when that is cheaper. The file must not be used afterwards. */
  putFile(key: string, path: string): Promise<{ size: number }>;
  /** Null when there is no such object. A range beyond the end throws RangeError. */
  get(key: string, range?: ByteRange): Promise<StoredObject | null>;
  head(key: string): Promise<{ size: number } | null>;
  /** Deleting what is not there is no error. */
  delete(keys: string[]): Promise<void>;
  /** A local path to read the object from; `release` deletes it if it was a copy. */
  localFile(key: string): Promise<{ path: string; release: () => Promise<void> } | null>;
  /** All objects whose keys begin with this, in no order. What others put beside ours is left out. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /** A way for a browser to put exactly `bytes` bytes at a new key; null where files come through the app. */
  uploadTarget(key: string, file: { bytes: number }): Promise<UploadTarget | null>;
  /** Removes what writes left behind that broke off over an hour ago. */
  tidy(): Promise<void>;
  /** Throws StorageError when a byte cannot be written now; used by /api/ready and by the engine's health check. */
  check(): Promise<void>;
}
