import { describe, expect, it } from "vitest";
import { isSameOrigin } from "./same-origin";

const send = (headers: Record<string, string>, method = "POST") =>
  isSameOrigin(
    new Request("http://127.0.0.1:3000/api/x", { method, headers: { host: "127.0.0.1:3000", ...headers } }),
    "http://localhost:3000",
  );

describe("isSameOrigin", () => {
  it.each([
    ["no browser at all", {}],
    ["the page itself", { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin" }],
    ["the public address", { origin: "http://localhost:3000" }],
    [
      "the host a proxy was asked for",
      { origin: "https://sheet.example", "x-forwarded-host": "sheet.example" },
    ],
  ])("lets %s change things", (_, headers: Record<string, string>) => {
    expect(send(headers)).toBe(true);
  });

  it.each([
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["another site without fetch metadata", { origin: "https://evil.example" }],
    ["another port of this machine", { origin: "http://localhost:4000", "sec-fetch-site": "same-site" }],
    ["a sandboxed frame", { origin: "null" }],
    ["a frame of another site that hides its origin", { "sec-fetch-site": "cross-site" }],
    ["a sender that is no address", { origin: "evil" }],
  ])("stops %s", (_, headers: Record<string, string>) => {
    expect(send(headers)).toBe(false);
  });

  it("lets anyone read", () => {
    expect(send({ origin: "https://evil.example", "sec-fetch-site": "cross-site" }, "GET")).toBe(true);
  });
});
