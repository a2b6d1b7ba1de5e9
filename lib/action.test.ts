import { redirect } from "next/navigation";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { authedAction, publicAction } from "./action";
import { loginCookie, sealClaims } from "./auth/login-cookie";
import { createLogin } from "./auth/mutations/logins";
import { notFound } from "./errors";
import { ok, type Result } from "./result";

const browser = vi.hoisted(() => ({ cookies: new Map<string, { value: string }>() }));
vi.mock("next/headers", () => ({
  cookies: async () => browser.cookies,
  headers: async () => new Headers({ "x-request-id": "request-0001" }),
}));

let test: TestDb;
let sealed: string;

beforeAll(async () => {
  test = await createTestDb();
  const [user] = await test.db.insert(users).values({ name: "Mara" }).returning();
  const claims = await createLogin({ userId: user?.id ?? "", userAgent: null });
  sealed = claims ? await sealClaims(claims) : "";
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterAll(() => test.close());
beforeEach(() => browser.cookies.set(loginCookie().name, { value: sealed }));

const schema = z.object({ name: z.string().max(5, "The name has more than 5 characters") });

describe("authedAction", () => {
  const greet = authedAction(schema, async ({ input, user }) => ok(`${user.name} calls it ${input.name}`));

  it("hands over the person and the parsed input", async () => {
    expect(await greet({ name: "Lamps" })).toEqual({ ok: true, value: "Mara calls it Lamps" });
  });

  it("refuses nobody before the body runs, with words and no error", async () => {
    browser.cookies.clear();
    const run = vi.fn(async () => ok());
    expect(await authedAction(schema, run)({ name: "Lamps" })).toMatchObject({
      ok: false,
      reason: "signed_out",
    });
    expect(run).not.toHaveBeenCalled();
  });

  it("refuses input outside the schema with the schema's words", async () => {
    expect(await greet({ name: "Lampshades" })).toEqual({
      ok: false,
      reason: "bad_input",
      words: "The name has more than 5 characters. Nothing was changed.",
    });
  });

  it.each([[{ name: "a", ownerId: "someone" }], [{ name: 7 }], [null], ["garbage"], [[1, 2]], [undefined]])(
    "refuses %j",
    async (input) => {
      // What a browser sends has no type.
      const send: (input: never) => Promise<Result<string>> = greet;
      const answer = await send(z.custom<never>().parse(input));
      expect(answer).toMatchObject({ ok: false, reason: "bad_input" });
      expect(JSON.stringify(answer)).not.toMatch(/invalid|expected/i);
    },
  );

  it("turns a thrown AppError into a refusal with its words", async () => {
    const missing = authedAction(schema, async () => {
      throw notFound();
    });
    expect(await missing({ name: "a" })).toEqual({ ok: false, reason: "not_found", words: notFound().words });
  });

  it("tells nothing of an unexpected error but the request's number", async () => {
    const broken = authedAction(schema, async () => {
      throw new Error("select secret from users");
    });
    const answer = await broken({ name: "a" });
    expect(answer).toMatchObject({ ok: false, reason: "unexpected" });
    expect(JSON.stringify(answer)).toContain("request-0001");
    expect(JSON.stringify(answer)).not.toContain("secret");
  });

  it("lets a redirect through", async () => {
    const leave = publicAction(schema, async () => redirect("/sign-in"));
    await expect(leave({ name: "a" })).rejects.toMatchObject({
      digest: expect.stringContaining("NEXT_REDIRECT"),
    });
  });
});
