import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import { Agent, type Dispatcher, request } from "undici";
import { MayPass, refusedByStorage, remoteFull } from "../remote/trouble";
import { textOf } from "./xml";

export type S3Config = {
  /** Without the bucket, which is the first part of every path. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
};

export type Asked = {
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  key?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
};

export type Answer = {
  status: number;
  header(name: string): string | undefined;
  /** Of an answer that is no 2xx: read already. Otherwise to be read or destroyed. */
  body: Dispatcher.ResponseData["body"];
};

/** What S3 calls an error that the same request may not meet again. */
const PASSING =
  /^(RequestTimeout|SlowDown|InternalError|ServiceUnavailable|OperationAborted|ConditionalRequestConflict|BadDigest|XAmzContentSHA256Mismatch|IncompleteBody|Throttling\w*)$/;
const PASSING_STATUS = [408, 429, 500, 502, 503, 504];
const SETTINGS = "S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY";

/** Signed requests to one bucket. Each carries the SHA-256 of its body, which the service compares with what came. */
export class S3Client {
  private readonly agent = new Agent({ connections: 64, connectTimeout: 10_000, headersTimeout: 30_000 });

  constructor(private readonly config: S3Config) {}

  /** Answers 2xx, 404 and 416, the last two with their body read. Throws MayPass, or StorageError for all else. */
  async send({ method, key, query, headers, body = "" }: Asked): Promise<Answer> {
    const { url, ...signed } = await this.sign({
      method,
      url: this.address(key, query),
      headers: { ...headers, "x-amz-content-sha256": createHash("sha256").update(body).digest("hex") },
    });
    const response = await request(url, {
      method,
      headers: signed.headers,
      body: method === "PUT" || method === "POST" ? Buffer.from(body) : undefined,
      dispatcher: this.agent,
    });
    const answer = describe(response);
    const { status } = answer;
    if (status >= 200 && status < 300) return answer;
    const text = await answer.body.text();
    const code = textOf(text, "Code") ?? "";
    if (status === 416 || (status === 404 && code !== "NoSuchBucket")) return answer;
    throw troubleOf({ status, code, retryAfter: answer.header("retry-after") });
  }

  /** Like `send`, with the whole answer as text. */
  async text(asked: Asked): Promise<{ status: number; text: string; header: Answer["header"] }> {
    const { status, body, header } = await this.send(asked);
    return { status, header, text: status < 300 ? await body.text() : "" };
  }

  /** An address at which a browser may put one object of exactly this size and type. */
  async presignPut(key: string, { headers, seconds }: { headers: Record<string, string>; seconds: number }) {
    const url = new URL(this.address(key));
    url.searchParams.set("X-Amz-Expires", String(seconds));
    const signed = await this.sign({
      method: "PUT",
      url: url.href,
      headers,
      signQuery: true,
      allHeaders: true,
    });
    return signed.url;
  }

  private address(key = "", query: Record<string, string> = {}): string {
    const { endpoint, bucket } = this.config;
    const url = new URL(`${endpoint}/${bucket}${key && "/"}${key}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }

  private async sign(given: {
    method: string;
    url: string;
    headers: Record<string, string>;
    signQuery?: boolean;
    allHeaders?: boolean;
  }) {
    const { region, accessKeyId, secretAccessKey } = this.config;
    const signer = new AwsV4Signer({ ...given, service: "s3", region, accessKeyId, secretAccessKey });
    const { url, headers } = await signer.sign();
    return { url: url.href, headers: Object.fromEntries(headers) };
  }
}

function describe({ statusCode, headers, body }: Dispatcher.ResponseData): Answer {
  return {
    status: statusCode,
    body,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}

function troubleOf({ status, code, retryAfter }: { status: number; code: string; retryAfter?: string }) {
  const error = new Error(`S3 answered ${status} ${code}`);
  if (status === 507 || /StorageFull|QuotaExceeded/.test(code)) return remoteFull(error);
  if (PASSING_STATUS.includes(status) || PASSING.test(code)) {
    return new MayPass(error.message, { waitMs: 1_000 * (Number(retryAfter) || 0) });
  }
  return refusedByStorage(SETTINGS, error);
}
