import { describe, expect, it } from "vitest";
import { isLoopbackRequest } from "./loopback";

const ask = (headers: Record<string, string>, bound = "127.0.0.1") =>
  isLoopbackRequest(new Headers({ host: "localhost:3000", ...headers }), bound);

describe("isLoopbackRequest", () => {
  it.each([
    [{}],
    [{ host: "127.0.0.1:3000" }],
    [{ host: "[::1]:3000", "x-forwarded-for": "::1" }],
    [{ "x-forwarded-for": "127.0.0.1, ::ffff:127.0.0.1", "x-real-ip": "127.0.0.1" }],
  ])("is true for %j", (headers: Record<string, string>) => {
    expect(ask(headers)).toBe(true);
  });

  it.each([
    [{ host: "sheet.example" }],
    [{ host: "localhost.evil.example" }],
    [{ host: "127.0.0.1.evil.example:3000" }],
    [{ host: "192.168.1.7:3000" }],
    [{ "x-forwarded-for": "203.0.113.9" }],
    [{ "x-forwarded-for": "127.0.0.1, 203.0.113.9" }],
    [{ "x-forwarded-for": "203.0.113.9, 127.0.0.1" }],
    [{ "x-real-ip": "203.0.113.9" }],
    [{ forwarded: 'for="[2001:db8::1]";proto=https' }],
    [{ "x-forwarded-host": "sheet.example" }],
    [{ host: "" }],
  ])("is false for %j", (headers: Record<string, string>) => {
    expect(ask(headers)).toBe(false);
  });

  it.each(["0.0.0.0", "::", "192.168.1.7"])("is false while the server listens on %s", (bound) => {
    expect(ask({}, bound)).toBe(false);
  });
});
