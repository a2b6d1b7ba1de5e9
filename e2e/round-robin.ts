import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

export type RoundRobin = {
  address: string;
  /** Requests each address answered. */
  answered: Map<string, number>;
  /** Takes an instance out before it stops, and back in. */
  take(addresses: string[]): void;
  close(): Promise<void>;
};

/** A proxy that gives each request to the next of several web processes, as a balancer before them does. */
export async function startRoundRobin(): Promise<RoundRobin> {
  let instances: string[] = [];
  let turn = 0;
  const answered = new Map<string, number>();
  const server = createServer((incoming, outgoing) => {
    const address = instances[turn++ % Math.max(1, instances.length)];
    if (!address) return void outgoing.writeHead(503).end();
    pass(address, incoming, outgoing, () => answered.set(address, (answered.get(address) ?? 0) + 1));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (!bound || typeof bound === "string") throw new Error("the proxy has no port");
  return {
    address: `http://localhost:${bound.port}`,
    answered,
    take(addresses) {
      instances = addresses;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(address: string, incoming: IncomingMessage, outgoing: ServerResponse, count: () => void) {
  const { hostname, port } = new URL(address);
  const headers = { ...incoming.headers, "x-forwarded-host": incoming.headers.host ?? "" };
  const onward = request(
    { hostname, port, path: incoming.url, method: incoming.method, headers, agent: false },
    (answer) => {
      count();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once("error", () => outgoing.destroy());
    },
  );
  onward.once("error", () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  incoming.pipe(onward);
}
