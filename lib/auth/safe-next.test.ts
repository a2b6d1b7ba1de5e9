import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next";

describe("safeNext", () => {
  it.each([
    "/sessions",
    "/sessions/0199?view=grid&q=a%20b",
    "/",
    "/sessions/1/i/2",
    "/a%2f%2fb",
    "/sessions?next=//x",
  ])("keeps %s", (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    undefined,
    null,
    "",
    "sessions",
    "https://evil.example",
    "http:evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/..//evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "/%09/../..//evil.example",
    "https:evil.example",
    "//evil.example@sheet.example",
    "/\u0000/evil",
    "x".repeat(3000),
    `/${"x".repeat(3000)}`,
    "?next=1",
    "#x",
    "/sign-in",
    "/sign-in?next=/sign-in",
    "/api/auth/signout",
    "/owner-link?token=x",
  ])("answers %j with the list of sessions", (path) => {
    expect(safeNext(path)).toBe("/sessions");
  });

  it("drops the fragment and resolves dots", () => {
    expect(safeNext("/sessions/../usage#x")).toBe("/usage");
  });
});
