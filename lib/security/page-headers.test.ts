import { describe, expect, it } from "vitest";
import { pageHeaders } from "./page-headers";

describe("pageHeaders", () => {
  it("hides the address of pages whose path is a secret", () => {
    for (const path of ["/s/abc", "/owner-link", "/join/abc"]) {
      expect(pageHeaders({ path, secure: false })["Referrer-Policy"]).toBe("no-referrer");
    }
    expect(pageHeaders({ path: "/sessions/1", secure: false })["Referrer-Policy"]).toBe("same-origin");
  });

  it("keeps shared pages out of search engines, and only those", () => {
    expect(pageHeaders({ path: "/s/abc", secure: false })["X-Robots-Tag"]).toBe(
      "noindex, nofollow, noarchive",
    );
    expect(pageHeaders({ path: "/sessions", secure: false })["X-Robots-Tag"]).toBeUndefined();
  });

  it("asks for https for good only where the address is https", () => {
    expect(pageHeaders({ path: "/", secure: true })["Strict-Transport-Security"]).toMatch(
      /^max-age=31536000/,
    );
    expect(pageHeaders({ path: "/", secure: false })["Strict-Transport-Security"]).toBeUndefined();
  });
});
