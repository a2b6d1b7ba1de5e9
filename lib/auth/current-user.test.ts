import { eq, sql } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { logins, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { findUserOf, userOf } from "./current-user";
import { type LoginClaims, loginCookie, sealClaims } from "./login-cookie";
import { createLogin, revokeEveryLogin, revokeLogin } from "./mutations/logins";
import { sweepThrottles } from "./mutations/sweep";

let test: TestDb;
let userId: string;
let claims: LoginClaims;

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.db.delete(users);
  const [user] = await test.db.insert(users).values({ email: "mara@kontor.example" }).returning();
  userId = user?.id ?? "";
  claims = await loggedIn();
});

async function loggedIn() {
  const made = await createLogin({ userId, userAgent: "test" });
  if (!made) throw new Error("no login");
  return made;
}

async function ask(given: LoginClaims = claims) {
  return asked(await sealClaims(given));
}

function asked(sealed: string) {
  const headers = { cookie: `theme=dark; ${loginCookie().name}=${sealed}; other=1` };
  return findUserOf(new Request("http://localhost:3000/api/x", { headers }));
}

const age = (interval: string) => sql`now() - ${interval}::interval`;

describe("a login", () => {
  it("tells who is asking, and no more than pages need", async () => {
    const person = { email: "mara@kontor.example", name: null };
    expect(await ask()).toEqual({
      ...person,
      id: userId,
      personId: userId,
      role: "owner",
      isOwner: false,
      loginId: claims.lid,
      home: person,
      isMember: false,
      isVisiting: false,
    });
  });

  it("ends when it is revoked, and others of that person go on", async () => {
    const other = await loggedIn();
    await revokeLogin(claims);
    expect(await ask()).toBeNull();
    expect(await ask(other)).not.toBeNull();
  });

  it("ends everywhere at once when the person's generation is raised, and a new one works", async () => {
    const other = await loggedIn();
    await revokeEveryLogin(userId);
    expect([await ask(), await ask(other)]).toEqual([null, null]);
    expect(await ask(await loggedIn())).not.toBeNull();
  });

  it("ends when the person is disabled or deleted, and none can be made", async () => {
    await test.db.update(users).set({ disabledAt: sql`now()` });
    expect(await ask()).toBeNull();
    expect(await createLogin({ userId, userAgent: null })).toBeNull();
    await test.db.delete(users);
    expect(await ask()).toBeNull();
  });

  it("ends after 7 days without use and after 30 days in all, by the database clock", async () => {
    await test.db.update(logins).set({ lastSeenAt: age("6 days 23 hours") });
    expect(await ask()).not.toBeNull();
    await test.db.update(logins).set({ lastSeenAt: age("7 days 1 second") });
    expect(await ask()).toBeNull();
    await test.db.update(logins).set({ lastSeenAt: sql`now()`, expiresAt: age("1 second") });
    expect(await ask()).toBeNull();
    const [fresh] = await test.db
      .select({ days: sql<number>`extract(epoch from ${logins.expiresAt} - now()) / 86400`.mapWith(Number) })
      .from(logins)
      .where(eq(logins.id, (await loggedIn()).lid));
    expect(fresh?.days).toBeCloseTo(30, 2);
  });

  it("is noted as used at most once a minute", async () => {
    await test.db.update(logins).set({ lastSeenAt: age("50 seconds") });
    const seen = async () => (await test.db.select().from(logins))[0]?.lastSeenAt.getTime() ?? 0;
    const before = await seen();
    await ask();
    expect(await seen()).toBe(before);
    await test.db.update(logins).set({ lastSeenAt: age("70 seconds") });
    await ask();
    expect(await seen()).toBeGreaterThan(before);
  });

  it("belongs to one person: its id under another's name is nobody", async () => {
    const [other] = await test.db.insert(users).values({ email: "other@kontor.example" }).returning();
    expect(await ask({ ...claims, uid: other?.id ?? "" })).toBeNull();
  });

  it.each(["", "x", "a.b.c", "eyJhbGciOiJub25lIn0..."])(
    "is not read from the broken cookie %j",
    async (sealed) => {
      expect(await asked(sealed)).toBeNull();
    },
  );

  it("is not read from a cookie sealed with another secret or saying too little", async () => {
    expect(
      await asked(await encode({ token: claims, secret: "another secret of 32 characters!!" })),
    ).toBeNull();
    const secret = process.env.NEXTAUTH_SECRET ?? "";
    expect(await asked(await encode({ token: { uid: claims.uid }, secret }))).toBeNull();
  });

  it("is needed for routes: without one the answer is signed_out", async () => {
    await expect(userOf(new Request("http://localhost:3000/api/x"))).rejects.toMatchObject({
      code: "signed_out",
    });
  });

  it("is swept a week after it ended, not before", async () => {
    await revokeLogin(claims);
    await sweepThrottles();
    expect(await test.db.select().from(logins)).toHaveLength(1);
    await test.db.update(logins).set({ revokedAt: age("8 days") });
    await loggedIn();
    await sweepThrottles();
    expect((await test.db.select().from(logins)).map((row) => row.revokedAt)).toEqual([null]);
  });
});

describe("the cookie", () => {
  it("is out of reach of scripts and other sites, and secure where the address is https", () => {
    expect(loginCookie("http://localhost:3000")).toMatchObject({
      name: "next-auth.session-token",
      options: { httpOnly: true, sameSite: "lax", secure: false, path: "/" },
    });
    expect(loginCookie("https://sheet.example.com")).toMatchObject({
      name: "__Secure-next-auth.session-token",
      options: { httpOnly: true, sameSite: "lax", secure: true, path: "/" },
    });
  });
});
