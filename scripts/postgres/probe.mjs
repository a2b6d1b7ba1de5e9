import { connect, createServer } from "node:net";
import { USER } from "./cluster.mjs";

/**
 * Asks what listens at a port, in Postgres's own words and without a password.
 * @param {number} port
 * @returns {Promise<"ready" | "busy" | "silent">} busy: starting up or shutting down
 */
export function probe(port) {
  return new Promise((settle) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const end = (/** @type {"ready" | "busy" | "silent"} */ answer) => {
      socket.destroy();
      settle(answer);
    };
    socket.setTimeout(2_000, () => end("silent"));
    socket.once("error", () => end("silent"));
    socket.once("close", () => end("silent"));
    socket.once("connect", () => socket.write(startupMessage()));
    // 'R' asks for a password: it takes connections. 'E' is a refusal, during start and stop.
    socket.once("data", (reply) => end(reply[0] === 0x52 ? "ready" : "busy"));
  });
}

function startupMessage() {
  const words = Buffer.from(`user\0${USER}\0database\0postgres\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(words.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, words]);
}

/**
 * The wanted port when it is free, else one the system gives.
 * @param {number} wanted 0 for any
 * @returns {Promise<number>}
 */
export function freePort(wanted) {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.once("error", (error) => (wanted === 0 ? fail(error) : settle(freePort(0))));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : wanted;
      server.close(() => settle(port));
    });
  });
}
