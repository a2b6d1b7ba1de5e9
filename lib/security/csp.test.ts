import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./csp";

const parse = (policy: string) =>
  new Map(
    policy.split("; ").map((directive) => [directive.split(" ")[0], directive.split(" ").slice(1).join(" ")]),
  );

describe("contentSecurityPolicy", () => {
  const policy = parse(contentSecurityPolicy({ nonce: "bm9uY2U=", secure: true }));

  it.each([
    ["script-src", "'self' 'nonce-bm9uY2U=' 'strict-dynamic'"],
    ["object-src", "'none'"],
    ["base-uri", "'none'"],
    ["frame-ancestors", "'none'"],
    ["form-action", "'self'"],
    ["connect-src", "'self'"],
    ["img-src", "'self' blob: data:"],
    ["default-src", "'self'"],
  ])("has %s %s", (directive, value) => {
    expect(policy.get(directive)).toBe(value);
  });

  it("lets code be evaluated in development only", () => {
    const development = contentSecurityPolicy({ nonce: "x", secure: false, development: true });
    expect(parse(development).get("script-src")).toContain("'unsafe-eval'");
    expect(policy.get("script-src")).not.toContain("unsafe");
  });

  it("lets pages send files to the storage that is named, and nowhere else", () => {
    const hosted = contentSecurityPolicy({
      nonce: "x",
      secure: true,
      uploads: "https://s3.example.com/sheet/",
    });
    expect(parse(hosted).get("connect-src")).toBe("'self' https://s3.example.com/sheet/");
  });

  it("lifts requests to https only where the address is https", () => {
    expect(policy.has("upgrade-insecure-requests")).toBe(true);
    expect(contentSecurityPolicy({ nonce: "x", secure: false })).not.toContain("upgrade-insecure-requests");
  });
});
