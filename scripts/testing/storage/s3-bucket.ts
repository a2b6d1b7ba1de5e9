import { createHash } from "node:crypto";

export type S3Answer = { status: number; headers?: Record<string, string | number>; body?: string | Buffer };
type S3Object = { data: Buffer; etag: string; at: Date };

const md5 = (data: Buffer) => createHash("md5").update(data).digest();
const xml = (root: string, content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${content}</${root}>`;

export function s3Error(status: number, code: string): S3Answer {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: xml("Error", `<Code>${code}</Code><Message>${code}</Message>`),
  };
}

/** The least S3 takes for all parts but the last. */
const LEAST_PART = 5 * 1024 * 1024;
/** A small page, so that a list of a few objects already has two. */
const PAGE = 3;

/** One bucket: what S3 does with objects, lists and uploads in parts. */
export class S3Bucket {
  private readonly objects = new Map<string, S3Object>();
  readonly uploads = new Map<string, { key: string; at: Date; parts: Map<number, Buffer> }>();

  put(key: string, data: Buffer, tag = md5(data).toString("hex")): S3Answer {
    const etag = `"${tag}"`;
    this.objects.set(key, { data, etag, at: new Date() });
    return { status: 200, headers: { etag } };
  }

  get(key: string, range: string | undefined, { withBody }: { withBody: boolean }): S3Answer {
    const object = this.objects.get(key);
    if (!object) return withBody ? s3Error(404, "NoSuchKey") : { status: 404 };
    const { data, etag, at } = object;
    const headers = { etag, "last-modified": at.toUTCString(), "accept-ranges": "bytes" };
    const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
    if (!asked) {
      return {
        status: 200,
        headers: { ...headers, "content-length": data.length },
        body: withBody ? data : undefined,
      };
    }
    const start = Number(asked[1]);
    const end = Math.min(asked[2] ? Number(asked[2]) : data.length - 1, data.length - 1);
    if (start > end) return s3Error(416, "InvalidRange");
    const extent = {
      "content-length": end - start + 1,
      "content-range": `bytes ${start}-${end}/${data.length}`,
    };
    return {
      status: 206,
      headers: { ...headers, ...extent },
      body: withBody ? data.subarray(start, end + 1) : undefined,
    };
  }

  delete(body: string): S3Answer {
    const keys = [...body.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);
    if (keys.length === 0 || keys.length > 1_000) return s3Error(400, "MalformedXML");
    for (const key of keys) this.objects.delete(key);
    return { status: 200, body: xml("DeleteResult", "") };
  }

  list(prefix: string, token: string | null): S3Answer {
    const after = (key: string) => token === null || key > Buffer.from(token, "base64").toString();
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && after(key)).sort();
    const page = keys.slice(0, PAGE);
    const more = keys.length > PAGE;
    const contents = page.map((key) => {
      const { data, etag, at } = this.objects.get(key) ?? {
        data: Buffer.alloc(0),
        etag: "",
        at: new Date(0),
      };
      return `<Contents><Key>${key}</Key><LastModified>${at.toISOString()}</LastModified><ETag>${etag.replaceAll('"', "&quot;")}</ETag><Size>${data.length}</Size></Contents>`;
    });
    const last = Buffer.from(page.at(-1) ?? "").toString("base64");
    const next = more ? `<NextContinuationToken>${last}</NextContinuationToken>` : "";
    return {
      status: 200,
      body: xml("ListBucketResult", `<IsTruncated>${more}</IsTruncated>${next}${contents.join("")}`),
    };
  }

  begin(key: string, at = new Date()): S3Answer {
    const id = `upload-${Math.random().toString(36).slice(2)}`;
    this.uploads.set(id, { key, at, parts: new Map() });
    const body = `<Key>${key}</Key><UploadId>${id}</UploadId>`;
    return { status: 200, body: xml("InitiateMultipartUploadResult", body) };
  }

  part(id: string, number: number, data: Buffer): S3Answer {
    const upload = this.uploads.get(id);
    if (!upload) return s3Error(404, "NoSuchUpload");
    upload.parts.set(number, data);
    return { status: 200, headers: { etag: `"${md5(data).toString("hex")}"` } };
  }

  join(id: string, body: string): S3Answer {
    const upload = this.uploads.get(id);
    if (!upload) return s3Error(404, "NoSuchUpload");
    const named = [...body.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = ""]) => ({
      number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
      etag: /<ETag>([^<]+)</.exec(part)?.[1] ?? "",
    }));
    const parts: Buffer[] = [];
    for (const [index, { number, etag }] of named.entries()) {
      const data = upload.parts.get(number);
      if (!data || md5(data).toString("hex") !== etag.replace(/&quot;|"/g, ""))
        return s3Error(400, "InvalidPart");
      if (data.length < LEAST_PART && index < named.length - 1) return s3Error(400, "EntityTooSmall");
      parts.push(data);
    }
    if (parts.length === 0) return s3Error(400, "MalformedXML");
    this.uploads.delete(id);
    const tag = createHash("md5")
      .update(Buffer.concat(parts.map(md5)))
      .digest("hex");
    const { headers } = this.put(upload.key, Buffer.concat(parts), `${tag}-${parts.length}`);
    return { status: 200, body: xml("CompleteMultipartUploadResult", `<ETag>${headers?.etag}</ETag>`) };
  }

  abort(id: string): S3Answer {
    return this.uploads.delete(id) ? { status: 204 } : s3Error(404, "NoSuchUpload");
  }

  listUploads(): S3Answer {
    const listed = [...this.uploads].map(
      ([id, { key, at }]) =>
        `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${at.toISOString()}</Initiated></Upload>`,
    );
    return { status: 200, body: xml("ListMultipartUploadsResult", listed.join("")) };
  }
}
