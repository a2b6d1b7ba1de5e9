import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../postgres.mjs";

// Holds one throw-away Postgres for as long as its standard input is open, so that a test run which is
// killed leaves neither a server nor a folder behind.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

const dataDir = mkdtempSync(join(tmpdir(), "contact-sheet-test-"));
let ended = false;
process.stdin.once("close", () => {
  ended = true;
});
process.stdin.resume();

const server = await startPostgres({ dataDir, durable: false });
const end = async () => {
  await server.stop();
  server.remove();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
};
if (ended) await end();
process.stdin.once("close", end);
console.log(server.url);
