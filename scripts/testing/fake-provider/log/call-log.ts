import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import type { Call } from "./call";

const LONGEST_TEXT = 2000;

/**
 * Every call, in memory and as JSON lines `{ event: "in" | "out", ...call }` in a file. A line is written at once, so
 * that it is there when any process dies.
 */
export class CallLog {
  readonly calls: Call[] = [];
  private readonly file: number | null;

  constructor(path: string | undefined) {
    this.file = path ? openSync(path, "a") : null;
  }

  begin(request: IncomingMessage, path: string, isImage: boolean): Call {
    return this.add({
      ...{ method: request.method ?? "", path, isImage },
      clientRequestId: header(request, "x-client-request-id"),
      keyTail: header(request, "authorization")?.slice(-4) ?? null,
      retryCount: Number(header(request, "x-stainless-retry-count") ?? 0),
    });
  }

  /** A line of a batch, as the call it stands for. */
  beginLine({ path, clientRequestId }: Pick<Call, "path" | "clientRequestId">): Call {
    return this.add({
      ...{ method: "POST", path, isImage: true, clientRequestId },
      ...{ keyTail: null, retryCount: 0 },
    });
  }

  private add(facts: Begun): Call {
    const call = newCall(this.calls.length + 1, facts);
    this.calls.push(call);
    return call;
  }

  /** The call has been read, and the work on it begins. */
  entered(call: Call): void {
    this.write("in", call);
  }

  end(call: Call): void {
    call.endedAt = Date.now();
    this.write("out", call);
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
  }

  private write(event: "in" | "out", call: Call): void {
    if (this.file === null) return;
    writeSync(this.file, `${JSON.stringify({ event, ...call }, shorten)}\n`);
  }
}

function shorten(_key: string, value: unknown): unknown {
  return typeof value === "string" && value.length > LONGEST_TEXT
    ? `${value.slice(0, LONGEST_TEXT)}…`
    : value;
}

type Begun = Pick<Call, "method" | "path" | "isImage" | "clientRequestId" | "keyTail" | "retryCount">;

function newCall(number: number, begun: Begun): Call {
  return {
    number,
    ...begun,
    arrivedAt: Date.now(),
    endedAt: null,
    requestId: `req_${randomBytes(16).toString("hex")}`,
    bodyKind: "none",
    fields: {},
    files: [],
    model: null,
    prompt: null,
    n: 0,
    size: null,
    quality: null,
    format: null,
    images: [],
    mask: null,
    understood: {},
    units: null,
    admitted: false,
    limited: null,
    fault: null,
    status: null,
    errorCode: null,
    abortedByClient: false,
    cutByServer: false,
    charged: false,
    tokens: null,
    results: [],
    bytesIn: 0,
    bytesOut: 0,
  };
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}
