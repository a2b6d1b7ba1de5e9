import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readBody, type SentBody } from "./read-body";

const BOUNDARY = "----edge7d1";
const CRLF = "\r\n";

let port = 0;
let arrived: Promise<SentBody> | undefined;
const server = createServer((request: IncomingMessage, response) => {
  arrived = readBody(request);
  arrived.finally(() => response.end("ok"));
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address === "object" && address) port = address.port;
});
afterAll(() => void server.close());

/** Bytes that look like the ends of parts, so that a careless parser trips. */
const bytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((some) => Buffer.from(some)),
      fc
        .constantFrom(CRLF, "--", `${CRLF}--`, `${CRLF}--${BOUNDARY.slice(0, 6)}`)
        .map((text) => Buffer.from(text)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts));

it("a form is read whole, however its bytes are split on the way", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(bytes, { minLength: 1, maxLength: 4 }),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }).filter((text) => !/[\r\n]/.test(text)),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }),
      async (files, prompt, cuts) => {
        await send(form(files, prompt), cuts);
        const sent = await arrived;
        expect(sent?.fields.prompt).toBe(prompt);
        expect(sent?.files.map((file) => file.field)).toEqual(files.map(() => "image[]"));
        expect(sent?.files.map((file) => file.bytes.toString("hex"))).toEqual(
          files.map((file) => file.toString("hex")),
        );
      },
    ),
    { numRuns: 60 },
  );
});

function form(files: Buffer[], prompt: string): Buffer {
  const head = (disposition: string) =>
    `--${BOUNDARY}${CRLF}Content-Disposition: form-data; ${disposition}${CRLF}`;
  const parts = files.flatMap((file, at) => [
    Buffer.from(`${head(`name="image[]"; filename="${at}.png"`)}Content-Type: image/png${CRLF}${CRLF}`),
    file,
    Buffer.from(CRLF),
  ]);
  const text = Buffer.from(`${head('name="prompt"')}${CRLF}${prompt}${CRLF}--${BOUNDARY}--${CRLF}`);
  return Buffer.concat([...parts, text]);
}

/** Writes in pieces of those lengths, over and over. */
async function send(body: Buffer, cuts: number[]): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  const head = [
    "POST / HTTP/1.1",
    "Host: fake",
    `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  socket.write(head.join(CRLF) + CRLF + CRLF);
  for (let at = 0, turn = 0; at < body.length; turn++) {
    const end = at + (cuts[turn % cuts.length] ?? 1);
    await new Promise<void>((sent) => socket.write(body.subarray(at, end), () => sent()));
    at = end;
  }
  await once(socket.resume(), "close");
}
