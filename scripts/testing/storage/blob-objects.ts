import { createHash, createHmac } from "node:crypto";
import { z } from "zod";

export type BlobObject = { data: Buffer; type: string; etag: string; at: Date };
export type BlobAnswer = { status: number; json: unknown };

const clientTokenSchema = z.object({
  pathname: z.string(),
  allowedContentTypes: z.array(z.string()),
  maximumSizeInBytes: z.number(),
  validUntil: z.number(),
  allowOverwrite: z.boolean(),
  onUploadCompleted: z.object({ callbackUrl: z.url(), tokenPayload: z.string() }).optional(),
});
type ClientToken = z.infer<typeof clientTokenSchema>;

export const refuse = (status: number, code: string, message = code): BlobAnswer => ({
  status,
  json: { error: { code, message } },
});

export class BlobRefused extends Error {
  constructor(readonly answer: BlobAnswer) {
    super("refused");
  }
}

/** The objects of one private store, and who may write what: the rules of the service, without its network. */
export class BlobObjects {
  readonly objects = new Map<string, BlobObject>();
  private readonly uploads = new Map<string, Map<number, Buffer>>();
  /** What the service would tell the app, with its signature; a test delivers it, once, twice or never. */
  readonly callbacks: { url: string; body: string; signature: string }[] = [];

  constructor(private readonly token: string) {}

  /** Null: the store's own token. Throws BlobRefused when it is neither that nor a client token it signed. */
  bearer(authorization: string | undefined): ClientToken | null {
    const given = authorization?.replace(/^Bearer /, "") ?? "";
    if (given === this.token) return null;
    const sealed = /^vercel_blob_client_[^_]+_(.+)$/.exec(given)?.[1] ?? "";
    const [signature, payload = ""] = Buffer.from(sealed, "base64").toString().split(".");
    if (signature !== this.sign(payload)) throw new BlobRefused(refuse(403, "forbidden"));
    return clientTokenSchema.parse(JSON.parse(Buffer.from(payload, "base64").toString()));
  }

  write(pathname: string, data: Buffer, { type, overwrite, client }: WriteOptions): BlobAnswer {
    const wrong = client && refusalOf(client, { pathname, type, bytes: data.length });
    if (wrong) return wrong;
    if (this.objects.has(pathname) && !(client ? client.allowOverwrite : overwrite)) {
      return refuse(400, "bad_request", "This blob already exists");
    }
    const etag = `"${createHash("md5").update(data).digest("hex")}"`;
    this.objects.set(pathname, { data, type, etag, at: new Date() });
    if (client?.onUploadCompleted) this.call(pathname, client.onUploadCompleted);
    return { status: 200, json: this.describe(pathname) };
  }

  begin(key: string): BlobAnswer {
    const uploadId = `upload-${this.uploads.size + 1}`;
    this.uploads.set(uploadId, new Map());
    return { status: 200, json: { key, uploadId } };
  }

  part(uploadId: string, number: number, data: Buffer): BlobAnswer {
    const parts = this.uploads.get(uploadId);
    if (!parts) return refuse(404, "not_found");
    parts.set(number, data);
    return { status: 200, json: { etag: `part-${number}` } };
  }

  join(uploadId: string, pathname: string, options: WriteOptions): BlobAnswer {
    const parts = this.uploads.get(uploadId);
    if (!parts) return refuse(404, "not_found");
    this.uploads.delete(uploadId);
    const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, data]) => data);
    if (inOrder.slice(0, -1).some(({ length }) => length < 5 * 1024 * 1024))
      return refuse(400, "bad_request");
    return this.write(pathname, Buffer.concat(inOrder), options);
  }

  head(pathname: string): BlobAnswer {
    return this.objects.has(pathname)
      ? { status: 200, json: this.describe(pathname) }
      : refuse(404, "not_found");
  }

  /** Pages of three, so that a list of four already has two. */
  list(prefix: string, cursor: string | null): BlobAnswer {
    const after = (name: string) => cursor === null || name > cursor;
    const names = [...this.objects.keys()].filter((name) => name.startsWith(prefix) && after(name)).sort();
    const page = names.slice(0, 3);
    const hasMore = names.length > 3;
    const blobs = page.map((name) => this.describe(name));
    return { status: 200, json: { blobs, hasMore, cursor: hasMore ? page.at(-1) : undefined } };
  }

  private describe(pathname: string) {
    const object = this.objects.get(pathname);
    const url = `https://store.private.blob.vercel-storage.com/${pathname}`;
    return {
      url,
      downloadUrl: `${url}?download=1`,
      pathname,
      size: object?.data.length,
      contentType: object?.type,
      contentDisposition: "inline",
      cacheControl: "private",
      uploadedAt: object?.at,
      etag: object?.etag,
    };
  }

  private call(
    pathname: string,
    { callbackUrl, tokenPayload }: { callbackUrl: string; tokenPayload: string },
  ) {
    const payload = { blob: this.describe(pathname), tokenPayload };
    const body = JSON.stringify({ type: "blob.upload-completed", payload });
    this.callbacks.push({ url: callbackUrl, body, signature: this.sign(body) });
  }

  private sign(text: string): string {
    return createHmac("sha256", this.token).update(text).digest("hex");
  }
}

type WriteOptions = { type: string; overwrite: boolean; client: ClientToken | null };

function refusalOf(client: ClientToken, file: { pathname: string; type: string; bytes: number }) {
  if (client.validUntil < Date.now()) return refuse(403, "bad_request", "Token expired");
  if (client.pathname !== file.pathname) {
    return refuse(400, "bad_request", '"pathname" does not match the token payload');
  }
  if (!client.allowedContentTypes.includes(file.type)) {
    return refuse(400, "bad_request", `contentType "${file.type}" is not allowed`);
  }
  if (file.bytes > client.maximumSizeInBytes) {
    return refuse(400, "bad_request", `the file length cannot be greater than ${client.maximumSizeInBytes}`);
  }
  return null;
}
