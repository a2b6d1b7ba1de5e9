import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type S3Answer, S3Bucket, s3Error } from "./s3-bucket";
import { signatureTrouble } from "./s3-signature";

const KEYS = { accessKeyId: "sheet-key", secretAccessKey: "sheet-secret", region: "eu-test-1" };
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "PUT",
  "access-control-allow-headers": "content-type",
};

/**
 * An S3 server on this machine with one bucket, which takes what is signed for it and nothing else. `settings` are what
 * the app needs to use it; `seen` names method and path of every request.
 */
export async function startS3() {
  const bucket = new S3Bucket();
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    handle(bucket, incoming).then(
      (answer) => say(outgoing, answer),
      // A body that broke off: nothing is stored.
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const listening = server.address();
  const address = `http://127.0.0.1:${listening && typeof listening === "object" ? listening.port : 0}`;
  return {
    address,
    bucket,
    seen,
    settings: {
      S3_ENDPOINT: address,
      S3_REGION: KEYS.region,
      S3_BUCKET: "sheet",
      S3_ACCESS_KEY_ID: KEYS.accessKeyId,
      S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
    stop() {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function say(outgoing: ServerResponse, { status, headers, body }: S3Answer) {
  outgoing.writeHead(status, { ...CORS, ...headers }).end(body);
}

async function handle(bucket: S3Bucket, incoming: IncomingMessage): Promise<S3Answer> {
  if (incoming.method === "OPTIONS") return { status: 200 };
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const trouble = signatureTrouble(incoming, body, KEYS);
  if (trouble) return s3Error(trouble === "XAmzContentSHA256Mismatch" ? 400 : 403, trouble);
  const url = new URL(incoming.url ?? "/", "http://s3");
  const [, name, key] = /^\/([^/]+)\/?(.*)$/.exec(url.pathname) ?? [];
  if (name !== "sheet") return incoming.method === "HEAD" ? { status: 404 } : s3Error(404, "NoSuchBucket");
  return key ? onObject(bucket, key, { incoming, url, body }) : onBucket(bucket, { incoming, url, body });
}

type Asked = { incoming: IncomingMessage; url: URL; body: Buffer };

function onBucket(bucket: S3Bucket, { incoming, url, body }: Asked): S3Answer {
  const { searchParams: query } = url;
  if (incoming.method === "POST" && query.has("delete")) {
    const sum = createHash("md5").update(body).digest("base64");
    const announced = incoming.headers["content-md5"];
    const isSummed = announced === sum || (!announced && incoming.headers["x-amz-checksum-crc32"]);
    return isSummed ? bucket.delete(body.toString()) : s3Error(400, "InvalidDigest");
  }
  if (incoming.method === "GET" && query.has("uploads")) return bucket.listUploads();
  if (incoming.method === "GET" && query.get("list-type") === "2") {
    return bucket.list(query.get("prefix") ?? "", query.get("continuation-token"));
  }
  return s3Error(405, "MethodNotAllowed");
}

function onObject(bucket: S3Bucket, key: string, { incoming, url, body }: Asked): S3Answer {
  const upload = url.searchParams.get("uploadId");
  switch (incoming.method) {
    case "GET":
    case "HEAD":
      return bucket.get(key, incoming.headers.range, { withBody: incoming.method === "GET" });
    case "PUT":
      if (incoming.headers["content-length"] === undefined) return s3Error(411, "MissingContentLength");
      return upload
        ? bucket.part(upload, Number(url.searchParams.get("partNumber")), body)
        : bucket.put(key, body);
    case "POST":
      if (url.searchParams.has("uploads")) return bucket.begin(key);
      return upload ? bucket.join(upload, body.toString()) : s3Error(405, "MethodNotAllowed");
    case "DELETE":
      return upload ? bucket.abort(upload) : s3Error(405, "MethodNotAllowed");
    default:
      return s3Error(405, "MethodNotAllowed");
  }
}
