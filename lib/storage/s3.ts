import { createHash } from "node:crypto";
import type { ObjectStore } from "./remote/remote-storage";
import { MayPass } from "./remote/trouble";
import { type Answer, S3Client, type S3Config } from "./s3/client";
import { abortStale, beginMultipart } from "./s3/multipart";
import { element, textOf, textsOf } from "./s3/xml";
import type { ByteRange } from "./types";
import { UPLOAD_SECONDS, UPLOAD_TYPE } from "./upload-constants";

const DAY_MS = 86_400_000;
const TYPE = { "content-type": UPLOAD_TYPE };

/** A bucket of anything that speaks S3. Its objects are private; only the app reads them. */
export function s3Store(config: S3Config): ObjectStore {
  const client = new S3Client(config);
  return {
    async putWhole(key, body) {
      const { status } = await client.text({ method: "PUT", key, headers: TYPE, body });
      if (status !== 200) throw new MayPass(`the storage answered ${status} to a write`);
    },

    beginParts: (key) => beginMultipart(client, { key, headers: TYPE }),

    async open(key, range) {
      const headers = range ? { range: `bytes=${range.start}-${range.end ?? ""}` } : undefined;
      const answer = await client.send({ method: "GET", key, headers });
      if (answer.status === 404) return null;
      if (answer.status === 416) throw new RangeError("the range is out of bounds");
      try {
        return { body: answer.body, etag: answer.header("etag") ?? "", ...extent(answer, range) };
      } catch (error) {
        answer.body.destroy();
        throw error;
      }
    },

    async head(key) {
      const { status, header } = await client.text({ method: "HEAD", key });
      if (status === 200) return { size: Number(header("content-length")) };
      // HEAD cannot tell a missing object from a missing bucket, and a wrong bucket must not look like lost files.
      await client.text({ method: "GET", query: { "list-type": "2", "max-keys": "1", prefix: key } });
      return null;
    },

    async deleteSome(keys) {
      const listed = keys.map((key) => element("Object", element("Key", key)));
      const body = element("Delete", element("Quiet", "true"), ...listed);
      const headers = { "content-md5": createHash("md5").update(body).digest("base64") };
      const { text } = await client.text({ method: "POST", query: { delete: "" }, headers, body });
      if (text.includes("<Error>")) throw new MayPass(`not all was deleted: ${textOf(text, "Code")}`);
    },

    async list(prefix, cursor) {
      const query = { "list-type": "2", prefix, ...(cursor ? { "continuation-token": cursor } : {}) };
      const { text } = await client.text({ method: "GET", query });
      return {
        objects: textsOf(text, "Contents").map((object) => ({
          key: textOf(object, "Key") ?? "",
          size: Number(textOf(object, "Size")),
          modified: new Date(textOf(object, "LastModified") ?? 0),
        })),
        cursor: textOf(text, "IsTruncated") === "true" ? textOf(text, "NextContinuationToken") : undefined,
      };
    },

    async uploadTarget(key, { bytes }) {
      const headers = { ...TYPE, "content-length": String(bytes) };
      const url = await client.presignPut(key, { headers, seconds: UPLOAD_SECONDS });
      // The browser sets the length itself, from the file; another one breaks the signature.
      return { kind: "put", url, headers: TYPE };
    },

    tidy: () => abortStale(client, DAY_MS),
  };
}

function extent({ status, header }: Answer, range?: ByteRange) {
  const size = Number(header("content-length"));
  if (!Number.isSafeInteger(size)) throw new MayPass("the storage did not say how long the object is");
  const whole = status === 206 ? /^bytes (\d+)-\d+\/(\d+)$/.exec(header("content-range") ?? "") : null;
  if (whole) return { size, start: Number(whole[1]), total: Number(whole[2]) };
  if (range && (range.start > 0 || (range.end !== undefined && range.end < size - 1))) {
    throw new MayPass("the storage sent the whole object instead of a range");
  }
  return { size, start: 0, total: size };
}
