import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Fault } from "../settings";
import type { Reply } from "./damage";

const HUGE_BYTES = 200_000_000;
const PIECE = Buffer.alloc(1_000_000, "A");

/** Sends a reply the way the fault does; false when the fault leaves the sending to others. `cut`: before it breaks off. */
export async function misbehave({
  response,
  reply,
  fault,
  cut,
}: {
  response: ServerResponse;
  reply: Reply;
  fault: Fault;
  cut(): void;
}): Promise<boolean> {
  const body = Buffer.from(reply.body);
  const head = { ...reply.headers, "content-length": body.length };
  switch (fault.kind) {
    case "close_before_headers":
      cut();
      response.socket?.destroy();
      return true;
    case "reset_before_headers":
      cut();
      response.socket?.resetAndDestroy();
      return true;
    case "hang":
      await untilClosed(response, { holdMs: fault.holdMs, cut });
      return true;
    case "headers_then_silence":
      response.writeHead(reply.status, head).flushHeaders();
      await untilClosed(response, { holdMs: fault.holdMs, cut });
      return true;
    case "reset_mid_body":
      response.writeHead(reply.status, head);
      // The half must have left before the reset throws the rest away.
      await new Promise<void>((sent) => response.write(body.subarray(0, body.length >> 1), () => sent()));
      cut();
      response.socket?.resetAndDestroy();
      return true;
    case "slow_body":
      response.writeHead(reply.status, head);
      await drip(response, body, fault.everyMs ?? 1000);
      return true;
    case "huge_body":
      await flood(response, reply, fault.bytes ?? HUGE_BYTES);
      return true;
    default:
      return false;
  }
}

function untilClosed(
  response: ServerResponse,
  { holdMs, cut }: { holdMs: number | undefined; cut(): void },
): Promise<void> {
  return new Promise((done) => {
    if (response.closed) return done();
    const breakOff = () => {
      cut();
      response.socket?.destroy();
    };
    const timer = holdMs === undefined ? undefined : setTimeout(breakOff, holdMs);
    response.once("close", () => {
      clearTimeout(timer);
      done();
    });
  });
}

async function drip(response: ServerResponse, body: Buffer, everyMs: number): Promise<void> {
  for (const byte of body) {
    if (response.closed) return;
    response.write(Buffer.from([byte]));
    await new Promise((done) => setTimeout(done, everyMs));
  }
  response.end();
}

/** JSON whose one picture never seems to end. A client that leaves ends it. */
async function flood(response: ServerResponse, reply: Reply, bytes: number): Promise<void> {
  response.writeHead(reply.status, reply.headers);
  await pipeline(Readable.from(hugeJson(bytes)), response).catch(() => undefined);
}

function* hugeJson(bytes: number) {
  yield Buffer.from('{"data":[{"b64_json":"');
  for (let sent = 0; sent < bytes; sent += PIECE.length) yield PIECE;
  yield Buffer.from('"}]}');
}
