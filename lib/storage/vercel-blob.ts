import * as blob from "@vercel/blob";
import { generateClientTokenFromReadWriteToken } from "@vercel/blob/client";
import { blobTrouble } from "./blob-trouble";
import type { ObjectStore } from "./remote/remote-storage";
import { MayPass } from "./remote/trouble";
import { UPLOAD_SECONDS, UPLOAD_TYPE } from "./upload-constants";

export type BlobConfig = {
  /** BLOB_READ_WRITE_TOKEN. */
  token: string;
  /** Where the service tells that a browser's upload is whole; null where it cannot reach this app. */
  callbackUrl: string | null;
};

const REQUEST_MS = 60_000;

/** A private store of Vercel Blob: nobody reads it without the token, so files reach people through the app alone. */
export function blobStore({ token, callbackUrl }: BlobConfig): ObjectStore {
  // Its own 10 repeats over a quarter of an hour would hold up a page; ours are the only ones.
  process.env.VERCEL_BLOB_RETRIES ??= "0";
  const access = "private" as const;
  const written = { access, token, contentType: UPLOAD_TYPE, addRandomSuffix: false, allowOverwrite: true };
  const calling = <T>(work: (abortSignal: AbortSignal) => Promise<T>) => call(work);

  async function head(key: string): Promise<{ size: number } | null> {
    return calling(async (abortSignal) => {
      try {
        return { size: (await blob.head(key, { token, abortSignal })).size };
      } catch (error) {
        if (error instanceof blob.BlobNotFoundError) return null;
        throw error;
      }
    });
  }

  return {
    head,

    async putWhole(key, bytes) {
      await calling((abortSignal) => blob.put(key, Buffer.from(bytes), { ...written, abortSignal }));
    },

    async beginParts(key) {
      const begun = await calling((abortSignal) =>
        blob.createMultipartUpload(key, { ...written, abortSignal }),
      );
      const upload = { ...written, key: begun.key, uploadId: begun.uploadId };
      const parts: blob.Part[] = [];
      let size = 0;
      return {
        async send(bytes, partNumber) {
          const part = await calling((abortSignal) =>
            blob.uploadPart(key, Buffer.from(bytes), { ...upload, partNumber, abortSignal }),
          );
          size += bytes.byteLength;
          parts.push(part);
        },
        async finish() {
          await calling((abortSignal) =>
            blob.completeMultipartUpload(key, parts, { ...upload, abortSignal }),
          ).catch(async (error) => {
            // A repeat after an answer that was lost is refused: the upload is done.
            if ((await head(key))?.size !== size) throw error;
          });
          if ((await head(key))?.size !== size) throw new MayPass("the parts were not joined");
        },
        // The service forgets what nobody finished.
        abort: async () => {},
      };
    },

    async open(key, range) {
      const asked = range && { range: `bytes=${range.start}-${range.end ?? ""}` };
      const headers = { "accept-encoding": "identity", ...asked };
      const found = await opening((abortSignal) =>
        // Its cache would go on with the old bytes of a key that was written again.
        blob.get(key, { access, token, useCache: false, headers, abortSignal }),
      );
      if (!found?.stream) return null;
      const size = Number(found.headers.get("content-length") ?? Number.NaN);
      const part = /^bytes (\d+)-\d+\/(\d+)$/.exec(found.headers.get("content-range") ?? "");
      if (Number.isNaN(size) || (range && !part)) {
        await found.stream.cancel();
        throw new MayPass("the storage did not say which bytes it sent");
      }
      const { etag } = found.blob;
      const extent = part ? { start: Number(part[1]), total: Number(part[2]) } : { start: 0, total: size };
      return { body: found.stream, etag, size, ...extent };
    },

    async deleteSome(keys) {
      await calling((abortSignal) => blob.del(keys, { token, abortSignal }));
    },

    async list(prefix, cursor) {
      const page = await calling((abortSignal) => blob.list({ prefix, cursor, token, abortSignal }));
      return {
        objects: page.blobs.map(({ pathname, size, uploadedAt }) => ({
          key: pathname,
          size,
          modified: uploadedAt,
        })),
        cursor: page.hasMore ? page.cursor : undefined,
      };
    },

    async uploadTarget(pathname, { bytes }) {
      const clientToken = await generateClientTokenFromReadWriteToken({
        token,
        pathname,
        allowedContentTypes: [UPLOAD_TYPE],
        maximumSizeInBytes: bytes,
        validUntil: Date.now() + UPLOAD_SECONDS * 1_000,
        addRandomSuffix: false,
        allowOverwrite: false,
        ...(callbackUrl ? { onUploadCompleted: { callbackUrl, tokenPayload: pathname } } : {}),
      });
      return { kind: "vercel-blob", pathname, token: clientToken };
    },

    tidy: async () => {},
  };
}

async function call<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await work(AbortSignal.timeout(REQUEST_MS));
  } catch (error) {
    throw blobTrouble(error);
  }
}

/** The limit is for the answer's beginning; its body may take as long as it moves. */
async function opening<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), REQUEST_MS);
  try {
    return await work(stop.signal);
  } catch (error) {
    throw blobTrouble(error);
  } finally {
    clearTimeout(timer);
  }
}
