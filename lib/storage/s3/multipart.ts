import type { PartWriter } from "../remote/in-parts";
import { MayPass } from "../remote/trouble";
import type { S3Client } from "./client";
import { element, escapeXml, textOf } from "./xml";

/** An upload in parts. The object appears when it is finished; before that nobody can read any of it. */
export async function beginMultipart(
  client: S3Client,
  { key, headers }: { key: string; headers: Record<string, string> },
): Promise<PartWriter> {
  const begun = await client.text({ method: "POST", key, query: { uploads: "" }, headers });
  const uploadId = textOf(begun.text, "UploadId");
  if (!uploadId) throw new MayPass("the storage began an upload without naming it");
  const etags: string[] = [];
  let size = 0;

  let asked = false;
  /** After an answer that was lost the upload is gone because it is done; its tag ends with the number of parts. */
  async function isJoined(): Promise<boolean> {
    const { status, header } = await client.text({ method: "HEAD", key });
    const isOfParts = /-\d+"?$/.test(header("etag") ?? "");
    return status === 200 && Number(header("content-length")) === size && isOfParts;
  }

  return {
    async send(bytes, part) {
      const query = { partNumber: String(part), uploadId };
      const { status, header } = await client.text({ method: "PUT", key, query, body: bytes });
      const etag = header("etag");
      if (status !== 200 || !etag) throw new MayPass("a part was not taken");
      if (etags[part - 1] === undefined) size += bytes.byteLength;
      etags[part - 1] = etag;
    },
    async finish() {
      if (asked && (await isJoined())) return;
      asked = true;
      const parts = etags.map((etag, index) =>
        element("Part", element("PartNumber", String(index + 1)), element("ETag", escapeXml(etag))),
      );
      const body = element("CompleteMultipartUpload", ...parts);
      const { status, text } = await client.text({ method: "POST", key, query: { uploadId }, body });
      // A failure that comes late is told below a 200.
      if (status === 200 && !text.includes("<Error>")) return;
      throw new MayPass(`the parts were not joined: ${status} ${textOf(text, "Code") ?? ""}`);
    },
    async abort() {
      await client.text({ method: "DELETE", key, query: { uploadId } });
    },
  };
}

/** Ends uploads that nobody finished in a day; their parts would be paid for until then and for ever. */
export async function abortStale(client: S3Client, olderThanMs: number): Promise<void> {
  const { status, text } = await client.text({ method: "GET", query: { uploads: "" } });
  if (status !== 200) return;
  for (const upload of text.split("<Upload>").slice(1)) {
    const key = textOf(upload, "Key");
    const uploadId = textOf(upload, "UploadId");
    const begun = Date.parse(textOf(upload, "Initiated") ?? "");
    if (!key || !uploadId || !(Date.now() - begun > olderThanMs)) continue;
    await client.text({ method: "DELETE", key, query: { uploadId } });
  }
}
