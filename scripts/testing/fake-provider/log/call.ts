import type { Limited } from "../limits/hints";
import type { FaultKind } from "../settings";

export type LoggedImage = {
  field: string;
  sha256: string;
  format: string;
  width: number;
  height: number;
  alpha: boolean;
};

export type LoggedMask = LoggedImage & {
  /** Shares of pixels, 0 to 1: `repaint` is what the server took as work. */
  transparentShare: number;
  whiteShare: number;
  repaintShare: number;
};

/** One request as the server saw it. Times are milliseconds since 1970. */
export type Call = {
  number: number;
  method: string;
  path: string;
  /** A call for images, not one for models or files. */
  isImage: boolean;
  arrivedAt: number;
  /** Null while it is open. */
  endedAt: number | null;
  /** Answered by the server as x-request-id. */
  requestId: string;
  clientRequestId: string | null;
  /** Last four characters; the key itself is kept nowhere. */
  keyTail: string | null;
  /** What the official SDK says about its own retries. */
  retryCount: number;
  bodyKind: "json" | "form" | "none";
  /** All scalar fields as sent; long texts are cut in the file, never here. */
  fields: Record<string, unknown>;
  files: { field: string; name: string; type: string; bytes: number; sha256: string }[];
  /** What the server made of them: null or empty until the call was read. */
  model: string | null;
  prompt: string | null;
  n: number;
  size: string | null;
  quality: string | null;
  format: string | null;
  images: LoggedImage[];
  mask: LoggedMask | null;
  understood: Record<string, unknown>;
  units: Record<Limited, number> | null;
  /** Let in by the limits. */
  admitted: boolean;
  /** The limit that refused it. */
  limited: Limited | null;
  fault: FaultKind | null;
  /** HTTP status sent; null when none was. */
  status: number | null;
  errorCode: string | null;
  abortedByClient: boolean;
  /** The server broke the connection off by itself. */
  cutByServer: boolean;
  /** The pictures were made and are billed, whether or not the client got them. */
  charged: boolean;
  tokens: { text: number; image: number; output: number } | null;
  /** Pictures of the answer, before a fault damaged it. */
  results: { sha256: string; bytes: number }[];
  bytesIn: number;
  bytesOut: number;
};
