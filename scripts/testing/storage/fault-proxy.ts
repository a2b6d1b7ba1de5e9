import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";

export type Fault = {
  kind:
    | "503"
    /** The connection is reset before anything was passed on. */
    | "reset"
    /** Everything is done, and nobody hears of it. */
    | "answer lost"
    /** Half of the request's body reaches the server, then both connections end. */
    | "half written"
    /** Half of the answer's body comes, then the connection ends. */
    | "answer cut"
    /** Half of the answer's body comes, then nothing. */
    | "answer stalls"
    /** One byte of the request's body is another one. */
    | "corrupted";
  /** Requests it is not for pass by. */
  method?: string;
  path?: RegExp;
  /** How many requests it hits; one without it. */
  times?: number;
};

/** Stands between a client and a server on this machine and does what networks do. */
export class FaultProxy {
  private faults: Fault[] = [];
  private readonly server: Server;
  /** Method and path of what came. */
  readonly seen: string[] = [];

  constructor(private readonly target: string) {
    this.server = createServer((incoming, outgoing) => {
      this.pass(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    const address = this.server.address();
    return `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }

  /** What happens to the next requests; answers how many faults never happened since the last call. */
  plan(...faults: Fault[]): number {
    const left = this.faults.length;
    this.faults = faults.map((fault) => ({ ...fault }));
    return left;
  }

  private take({ method, url = "" }: IncomingMessage): Fault["kind"] | undefined {
    const at = this.faults.findIndex(
      (fault) => (fault.method ?? method) === method && (fault.path ?? /(?:)/).test(url),
    );
    const fault = this.faults[at];
    if (!fault) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.faults.splice(at, 1);
    return fault.kind;
  }

  private async pass(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.seen.push(`${incoming.method} ${incoming.url}`);
    const fault = this.take(incoming);
    if (fault === "reset") return incoming.socket.resetAndDestroy();
    const body = await readAll(incoming);
    if (fault === "503") {
      return outgoing
        .writeHead(503, { "content-type": "application/xml" })
        .end("<Error><Code>SlowDown</Code></Error>");
    }
    if (fault === "corrupted") body[0] = (body[0] ?? 0) ^ 1;
    const upstream = request(this.target + incoming.url, {
      method: incoming.method,
      headers: incoming.headers,
    });
    upstream.on("error", () => outgoing.destroy());
    if (fault === "half written") {
      upstream.write(body.subarray(0, body.length / 2));
      setTimeout(() => {
        upstream.destroy();
        incoming.socket.resetAndDestroy();
      }, 50);
      return;
    }
    upstream.on("response", (answer) => void answerWith(answer, outgoing, fault));
    upstream.end(body);
  }
}

async function answerWith(answer: IncomingMessage, outgoing: ServerResponse, fault?: Fault["kind"]) {
  const body = await readAll(answer);
  if (fault === "answer lost") return outgoing.socket?.resetAndDestroy();
  outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
  if (fault !== "answer cut" && fault !== "answer stalls") return outgoing.end(body);
  outgoing.write(body.subarray(0, body.length / 2), () => {
    if (fault === "answer cut") outgoing.destroy();
  });
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
