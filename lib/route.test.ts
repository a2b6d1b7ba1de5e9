import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDb, db } from "@/db";
import { users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { loginCookie, sealClaims } from "./auth/login-cookie";
import { createLogin } from "./auth/mutations/logins";
import { forgetEnv } from "./env";
import { AppError, notFound, StorageError, TooManyTriesError } from "./errors";
import { authedRoute, publicRoute } from "./route";

let test: TestDb;
let cookie: string;
const noParams = { params: Promise.resolve({}) };

beforeAll(async () => {
  test = await createTestDb();
  const [user] = await test.db.insert(users).values({ name: "Mara" }).returning();
  const claims = await createLogin({ userId: user?.id ?? "", userAgent: null });
  cookie = `${loginCookie().name}=${claims && (await sealClaims(claims))}`;
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterAll(() => test.close());

const request = (init?: RequestInit) => new Request("http://localhost:3000/api/x", init);
const failing = (error: unknown) =>
  publicRoute(async () => {
    throw error;
  })(request(), noParams);

describe("authedRoute", () => {
  const whoAmI = authedRoute<{ id: string }>(async ({ user, params }) => Response.json({ user, params }));
  const context = { params: Promise.resolve({ id: "7" }) };

  it("hands over the person and the parameters", async () => {
    const answer = await whoAmI(request({ headers: { cookie } }), context);
    expect(await answer.json()).toMatchObject({
      user: { name: "Mara", isOwner: false },
      params: { id: "7" },
    });
  });

  it("answers 401 to nobody, and never runs the handler", async () => {
    const handle = vi.fn(async () => new Response());
    const answer = await authedRoute(handle)(request(), noParams);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      reason: "signed_out",
      words: expect.stringContaining("Sign in"),
    });
    expect(handle).not.toHaveBeenCalled();
  });
});

describe("publicRoute", () => {
  it.each([
    [new AppError("bad_input", "w"), 400],
    [new AppError("signed_out", "w"), 401],
    [notFound(), 404],
    [new AppError("conflict", "w"), 409],
    [new TooManyTriesError(720), 429],
    [new StorageError("storage_full", "w"), 507],
    [new StorageError("storage_unavailable", "w"), 503],
    [new AppError("database_unavailable", "w"), 503],
  ])("turns %s into %i with its own words", async (error, status) => {
    const answer = await failing(error);
    expect(answer.status).toBe(status);
    const body = await answer.json();
    expect(body).toEqual({
      reason: error.code,
      words: error.words,
      requestId: answer.headers.get("x-request-id"),
    });
  });

  it("says when to try again", async () => {
    const answer = await failing(new TooManyTriesError(720));
    expect(answer.headers.get("retry-after")).toBe("720");
    expect((await answer.json()).words).toBe("Too many tries. Wait 12 minutes, then try again.");
  });

  it("tells nothing of an unexpected error but its number", async () => {
    const answer = await failing(
      new Error("duplicate key value in /srv/app/db.ts", { cause: new Error("secret") }),
    );
    expect(answer.status).toBe(500);
    const { reason, words, requestId } = await answer.json();
    expect(reason).toBe("unexpected");
    expect(words).toContain(requestId);
    expect(words).not.toMatch(/duplicate|srv|secret/);
  });

  it("answers 503 with words while the database is away", async () => {
    await closeDb();
    process.env.DATABASE_URL = "postgres://nobody@127.0.0.1:1/none";
    forgetEnv();
    const answer = await publicRoute(async () => Response.json(await db().select().from(users)))(
      request(),
      noParams,
    );
    await closeDb();
    process.env.DATABASE_URL = test.url;
    forgetEnv();
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ reason: "database_unavailable" });
    expect(answer.headers.get("retry-after")).toBe("5");
  });

  it("stops a change asked for by another site before the handler runs", async () => {
    const handle = vi.fn(async () => new Response());
    const answer = await publicRoute(handle)(
      request({ method: "POST", headers: { origin: "https://evil.example" } }),
      noParams,
    );
    expect(answer.status).toBe(400);
    expect(handle).not.toHaveBeenCalled();
  });

  it("adds safe headers and keeps those the handler set", async () => {
    const answer = await publicRoute(
      async () => new Response("x", { headers: { "Cache-Control": "private, max-age=31536000, immutable" } }),
    )(request(), noParams);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    const redirected = await publicRoute(async () => Response.redirect("http://localhost:3000/"))(
      request(),
      noParams,
    );
    expect(redirected.headers.get("cache-control")).toBe("private, no-store");
  });
});
