import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

type Keys = { accessKeyId: string; secretAccessKey: string; region: string };

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * What is wrong with a request's AWS Signature Version 4, in its header or its query, as an S3 error code; null when
 * it holds. Written from "Authenticating Requests (AWS Signature Version 4)" of the S3 API reference.
 */
export function signatureTrouble(incoming: IncomingMessage, body: Buffer, keys: Keys): string | null {
  const url = new URL(incoming.url ?? "/", "http://s3");
  const inQuery = url.searchParams.has("X-Amz-Signature");
  const claim = inQuery ? queryClaim(url) : headerClaim(incoming);
  if (!claim) return "AccessDenied";
  const { credential, signedHeaders, signature, date, expires, payload } = claim;
  const scope = `${date.slice(0, 8)}/${keys.region}/s3/aws4_request`;
  if (credential !== `${keys.accessKeyId}/${scope}`) return "InvalidAccessKeyId";
  const signedAt = Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
  if (!(Math.abs(Date.now() - signedAt) < 900_000)) return "RequestTimeTooSkewed";
  if (Date.now() > signedAt + expires * 1_000) return "AccessDenied";
  if (!signedHeaders.includes("host")) return "SignatureDoesNotMatch";
  const query = [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const canonical = [
    incoming.method,
    url.pathname
      .split("/")
      .map((part) => encode(decodeURIComponent(part)))
      .join("/"),
    query.join("&"),
    ...signedHeaders.map((name) => `${name}:${String(incoming.headers[name] ?? "").trim()}`),
    "",
    signedHeaders.join(";"),
    payload,
  ].join("\n");
  const secret = `AWS4${keys.secretAccessKey}`;
  const signing = [date.slice(0, 8), keys.region, "s3", "aws4_request"].reduce(hmac, Buffer.from(secret));
  const toSign = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  if (hmac(signing, toSign).toString("hex") !== signature) return "SignatureDoesNotMatch";
  return payload !== "UNSIGNED-PAYLOAD" && payload !== sha256(body) ? "XAmzContentSHA256Mismatch" : null;
}

type Claim = {
  credential: string;
  signedHeaders: string[];
  signature: string;
  date: string;
  /** Seconds. */
  expires: number;
  /** SHA-256 of the body, hex, or UNSIGNED-PAYLOAD. */
  payload: string;
};

function headerClaim({ headers }: IncomingMessage): Claim | null {
  const parts = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
    headers.authorization ?? "",
  );
  if (!parts) return null;
  const [, credential = "", signedHeaders = "", signature = ""] = parts;
  return {
    credential,
    signedHeaders: signedHeaders.split(";"),
    signature,
    date: String(headers["x-amz-date"]),
    expires: 900,
    payload: String(headers["x-amz-content-sha256"]),
  };
}

function queryClaim({ searchParams }: URL): Claim {
  const value = (name: string) => searchParams.get(`X-Amz-${name}`) ?? "";
  return {
    credential: value("Credential"),
    signedHeaders: value("SignedHeaders").split(";"),
    signature: value("Signature"),
    date: value("Date"),
    expires: Number(value("Expires")),
    payload: "UNSIGNED-PAYLOAD",
  };
}
