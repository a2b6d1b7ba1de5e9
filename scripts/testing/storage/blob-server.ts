import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { type Dispatcher, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { type BlobAnswer, BlobObjects, BlobRefused, refuse } from "./blob-objects";

export const BLOB_TOKEN = "vercel_blob_rw_store_secret";

/** Vercel Blob on this machine: the API under /api and the store's own host under /store. */
export async function startBlob() {
  const blobs = new BlobObjects(BLOB_TOKEN);
  const cache = new Map<string, Buffer>();
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", "http://blob");
    const store = /^\/store\/(.+)$/.exec(url.pathname)?.[1];
    const answering = store
      ? Promise.resolve(read(blobs, cache, { incoming, outgoing, url, pathname: store }))
      : api(blobs, incoming, url).then(({ status, json }) => {
          outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
        });
    answering.catch(() => outgoing.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return {
    blobs,
    address: `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** Leads what the package asks of the real service to this address, until the answer is called. */
export function leadBlobTo(address: string): () => void {
  const before: Dispatcher = getGlobalDispatcher();
  process.env.VERCEL_BLOB_API_URL = `${address}/api`;
  setGlobalDispatcher(
    before.compose((dispatch) => (options, handler) => {
      const isStore = String(options.origin).endsWith(".private.blob.vercel-storage.com");
      return dispatch(
        isStore ? { ...options, origin: address, path: `/store${options.path}` } : options,
        handler,
      );
    }),
  );
  return () => {
    setGlobalDispatcher(before);
    delete process.env.VERCEL_BLOB_API_URL;
  };
}

async function api(blobs: BlobObjects, incoming: IncomingMessage, url: URL): Promise<BlobAnswer> {
  try {
    const client = blobs.bearer(incoming.headers.authorization);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const header = (name: string) => String(incoming.headers[name] ?? "");
    if (header("x-vercel-blob-access") === "public") return refuse(400, "bad_request");
    const options = {
      type: header("x-content-type"),
      overwrite: header("x-allow-overwrite") === "1",
      client,
    };
    const pathname = url.searchParams.get("pathname") ?? "";
    const action = `${incoming.method} ${url.pathname.replace(/^\/api/, "").replace(/\/$/, "")}`;
    if (action === "PUT ") return blobs.write(pathname, body, options);
    if (client) return refuse(403, "forbidden");
    const uploadId = header("x-mpu-upload-id");
    if (action === "POST /mpu" && header("x-mpu-action") === "create") return blobs.begin(pathname);
    if (action === "POST /mpu" && header("x-mpu-action") === "upload") {
      return blobs.part(uploadId, Number(header("x-mpu-part-number")), body);
    }
    if (action === "POST /mpu") return blobs.join(uploadId, pathname, options);
    if (action === "POST /delete") {
      for (const name of JSON.parse(body.toString()).urls) blobs.objects.delete(name);
      return { status: 200, json: {} };
    }
    const wanted = url.searchParams.get("url");
    if (wanted) return blobs.head(wanted);
    return blobs.list(url.searchParams.get("prefix") ?? "", url.searchParams.get("cursor"));
  } catch (error) {
    if (error instanceof BlobRefused) return error.answer;
    throw error;
  }
}

type Read = { incoming: IncomingMessage; outgoing: ServerResponse; url: URL; pathname: string };

/** The store's host, with the cache before it, which knows nothing of later writes and deletions. */
function read(blobs: BlobObjects, cache: Map<string, Buffer>, { incoming, outgoing, url, pathname }: Read) {
  if (incoming.headers.authorization !== `Bearer ${BLOB_TOKEN}`) return outgoing.writeHead(403).end();
  const object = blobs.objects.get(pathname);
  const fresh = url.searchParams.get("cache") === "0";
  const data = (fresh ? undefined : cache.get(pathname)) ?? object?.data;
  if (!data) return outgoing.writeHead(404).end();
  cache.set(pathname, data);
  const headers = { "content-type": "application/octet-stream", etag: object?.etag ?? "" };
  const range = /^bytes=(\d+)-(\d*)$/.exec(incoming.headers.range ?? "");
  if (!range) {
    outgoing.writeHead(200, { ...headers, "content-length": data.length });
    return Readable.from([data]).pipe(outgoing);
  }
  const start = Number(range[1]);
  const end = Math.min(range[2] ? Number(range[2]) : data.length - 1, data.length - 1);
  if (start > end) return outgoing.writeHead(416).end();
  outgoing.writeHead(206, {
    ...headers,
    "content-length": end - start + 1,
    "content-range": `bytes ${start}-${end}/${data.length}`,
  });
  return Readable.from([data.subarray(start, end + 1)]).pipe(outgoing);
}
