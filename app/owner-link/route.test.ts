import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { logins, ownerLinks, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { findUserOf } from "@/lib/auth/current-user";
import { forgetEnv } from "@/lib/env";
import { hashSecret, newSecret } from "@/lib/ids";
import { GET } from "./route";

let test: TestDb;
let token: string;

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.db.delete(ownerLinks);
  await test.db.delete(users);
  token = await newLink("10 minutes");
});

async function newLink(interval: string) {
  const secret = newSecret();
  await test.db
    .insert(ownerLinks)
    .values({ tokenHash: hashSecret(secret), expiresAt: sql`now() + ${interval}::interval` });
  return secret;
}

function open(secret = token, headers: Record<string, string> = {}, method = "GET") {
  const request = new Request(`http://localhost:3000/owner-link?token=${secret}`, {
    method,
    headers: { host: "localhost:3000", ...headers },
  });
  return GET(request, { params: Promise.resolve({}) });
}

const USED = "/sign-in?reason=link";

describe("the owner link", () => {
  it("signs the owner in once and sends nobody the address it had", async () => {
    const answer = await open();
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/sessions"]);
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(
      /^next-auth\.session-token=[\w.-]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const person = await findUserOf(
      new Request("http://localhost:3000", { headers: { cookie: cookie.split(";")[0] ?? "" } }),
    );
    expect(person).toMatchObject({ name: "Owner", isOwner: true });
    expect((await open()).headers.get("location")).toBe(USED);
  });

  it("signs in one of twenty who open it at once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => open()));
    const places = answers.map((answer) => answer.headers.get("location"));
    expect(places.filter((place) => place === "/sessions")).toHaveLength(1);
    expect(places.filter((place) => place === USED)).toHaveLength(19);
    expect(await test.db.select().from(logins)).toHaveLength(1);
  });

  it("leads to the same owner next time, even when two links are opened at once", async () => {
    const second = await newLink("10 minutes");
    await Promise.all([open(), open(second)]);
    expect(await test.db.select().from(users)).toHaveLength(1);
    expect(await test.db.select().from(logins)).toHaveLength(2);
  });

  it.each([
    ["is older than 10 minutes", () => newLink("-1 seconds")],
    ["was never given out", async () => newSecret()],
    ["has no token", async () => ""],
  ])("leads to sign-in when it %s", async (_, link) => {
    const answer = await open(await link());
    expect(answer.headers.get("location")).toBe(USED);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it.each([
    ["a browser looks ahead", { "sec-purpose": "prefetch;prerender" }, "GET"],
    ["an older browser looks ahead", { purpose: "prefetch" }, "GET"],
    ["only headers are asked for", {}, "HEAD"],
    ["another machine asks", { "x-forwarded-for": "203.0.113.9" }, "GET"],
    ["it is asked under another name", { host: "sheet.example" }, "GET"],
  ])("stays good when %s", async (_, headers: Record<string, string>, method) => {
    const answer = await open(token, headers, method);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect((await open()).headers.get("location")).toBe("/sessions");
  });

  it("does nothing while the server listens to other machines", async () => {
    process.env.HOST = "0.0.0.0";
    forgetEnv();
    const answer = await open();
    delete process.env.HOST;
    forgetEnv();
    expect(answer.headers.get("location")).toBe(USED);
    expect(await test.db.select().from(logins)).toHaveLength(0);
  });
});
