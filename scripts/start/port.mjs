import { connect, createServer } from "node:net";
import { Trouble } from "./trouble.mjs";

/** Stops the start when something else has the port. @param {{ port: number, host: string, isLocal: boolean }} settings */
export async function checkPort({ port, host, isLocal }) {
  const busy =
    (await isTaken(port, host)) ||
    (isLocal && ((await answers(port, "127.0.0.1")) || (await answers(port, "::1"))));
  if (!busy) return;
  throw new Trouble(
    `Port ${port} is taken by another program. Nothing was changed.\nUse another one: PORT=${port + 1} npm start`,
  );
}

/** @returns {Promise<boolean>} */
function isTaken(/** @type {number} */ port, /** @type {string} */ host) {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.once("error", (error) => {
      const code = "code" in error ? error.code : "";
      if (code === "EADDRINUSE") return settle(true);
      if (code === "EACCES")
        return fail(
          new Trouble(`Port ${port} may only be used by root. Use another one: PORT=3000 npm start`),
        );
      fail(new Trouble(`HOST is "${host}", which is no address of this machine (${error.message}).`));
    });
    server.listen({ port, host }, () => server.close(() => settle(false)));
  });
}

// A browser that opens localhost may try ::1 first, and some systems let two programs share a port.
/** @returns {Promise<boolean>} */
function answers(/** @type {number} */ port, /** @type {string} */ host) {
  return new Promise((settle) => {
    const socket = connect({ port, host });
    const end = (/** @type {boolean} */ answer) => {
      socket.destroy();
      settle(answer);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
