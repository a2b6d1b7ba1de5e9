import { hash, verify } from "@node-rs/argon2";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { throttles, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { forgetEnv } from "@/lib/env";
import { TooManyTriesError } from "@/lib/errors";
import { checkCredentials } from "./mutations/check-credentials";
import { signUp } from "./mutations/sign-up";

vi.mock("@node-rs/argon2", async (importOriginal) => {
  const real = await importOriginal<typeof import("@node-rs/argon2")>();
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) };
});

const PASSWORD = "kontor lampa 77";
let test: TestDb;

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.db.delete(throttles);
  await test.db.delete(users);
  await signUp({ email: "mara@kontor.example", password: PASSWORD, address: "198.51.100.1" });
  vi.mocked(verify).mockClear();
  vi.mocked(hash).mockClear();
});

const signIn = (email: string, password = PASSWORD, address = "203.0.113.1") =>
  checkCredentials({ email, password, address });

describe("signing in", () => {
  it("finds the person whatever the case of the e-mail, and nobody for a wrong password", async () => {
    expect(await signIn("MARA@Kontor.Example")).toEqual({ id: expect.any(String) });
    expect(await signIn("mara@kontor.example", "kontor lampa 78")).toBeNull();
  });

  it("answers an unknown, a disabled and a password-less account like a wrong password, hashing once each", async () => {
    await test.db
      .insert(users)
      .values([
        { email: "off@kontor.example", passwordHash: await hash(PASSWORD), disabledAt: new Date() },
        { email: "github@kontor.example" },
      ]);
    for (const email of [
      "off@kontor.example",
      "github@kontor.example",
      "nobody@kontor.example",
      "mara@kontor.example",
    ]) {
      vi.mocked(verify).mockClear();
      expect(await signIn(email, "not the password")).toBeNull();
      expect(vi.mocked(verify).mock.calls).toHaveLength(1);
      expect(vi.mocked(verify).mock.calls[0]?.[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    }
  });

  it("renews a hash made with weaker parameters", async () => {
    const weak = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await test.db.update(users).set({ passwordHash: weak });
    expect(await signIn("mara@kontor.example")).not.toBeNull();
    const [row] = await test.db.select().from(users);
    expect(row?.passwordHash).toMatch(/\$m=19456,t=2,p=1\$/);
    expect(await signIn("mara@kontor.example")).not.toBeNull();
  });
});

describe("guessing", () => {
  it.each(["mara@kontor.example", "nobody@kontor.example"])(
    "hashes at most 5 of 200 parallel guesses at %s, from any number of addresses",
    async (email) => {
      const guesses = Array.from({ length: 200 }, (_, n) => signIn(email, `guess ${n}`, `203.0.113.${n}`));
      const ends = await Promise.allSettled(guesses);
      expect(vi.mocked(verify).mock.calls).toHaveLength(5);
      const refusals = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
      expect(refusals).toHaveLength(195);
      expect(refusals.filter((reason) => !(reason instanceof TooManyTriesError))).toEqual([]);
      expect(refusals[0].words).toBe("Too many tries. Wait 15 minutes, then try again.");
    },
  );

  it("hashes at most 30 guesses of one address over many accounts, and leaves other addresses alone", async () => {
    const guesses = Array.from({ length: 60 }, (_, n) => signIn(`person${n}@kontor.example`, "a guess"));
    await Promise.allSettled(guesses);
    expect(vi.mocked(verify).mock.calls).toHaveLength(30);
    await expect(signIn("mara@kontor.example")).rejects.toBeInstanceOf(TooManyTriesError);
    expect(await signIn("mara@kontor.example", PASSWORD, "198.51.100.7")).not.toBeNull();
  });

  it("is over when the database says that the window is", async () => {
    for (let n = 0; n < 5; n++) await signIn("mara@kontor.example", "a guess");
    await expect(signIn("mara@kontor.example")).rejects.toBeInstanceOf(TooManyTriesError);
    await test.db.update(throttles).set({ windowStartedAt: sql`now() - interval '16 minutes'` });
    expect(await signIn("mara@kontor.example")).not.toBeNull();
  });

  it("starts anew after a sign-in that worked", async () => {
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 4; n++) expect(await signIn("mara@kontor.example", "a guess")).toBeNull();
      expect(await signIn("mara@kontor.example")).not.toBeNull();
    }
  });
});

describe("signing up", () => {
  const join = (email: string, password: string, address = "203.0.113.9") =>
    signUp({ email, password, address });

  it("answers a taken e-mail like a free one and leaves its account as it is", async () => {
    const [before] = await test.db.select().from(users);
    const free = await join("new@kontor.example", "another lamp 12");
    const hashedForFree = vi.mocked(hash).mock.calls.length;
    const taken = await join("mara@kontor.example", "another lamp 12");
    expect(taken).toEqual(free);
    expect(vi.mocked(hash).mock.calls.length).toBe(hashedForFree * 2);
    const [after] = await test.db.select().from(users).where(eq(users.email, "mara@kontor.example"));
    expect(after).toEqual(before);
    expect(await signIn("mara@kontor.example", "another lamp 12")).toBeNull();
  });

  it("makes one account when twenty ask for the same e-mail at once", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => join("one@kontor.example", `lamp number ${n}`, `198.51.100.${n}`)),
    );
    expect(await test.db.select().from(users).where(eq(users.email, "one@kontor.example"))).toHaveLength(1);
  });

  it("never makes an owner", async () => {
    const [person] = await test.db.select().from(users);
    expect(person?.isOwner).toBe(false);
  });

  it("refuses the eleventh in an hour from one address", async () => {
    for (let n = 0; n < 10; n++)
      expect((await join(`n${n}@kontor.example`, "another lamp 12")).ok).toBe(true);
    await expect(join("n10@kontor.example", "another lamp 12")).rejects.toBeInstanceOf(TooManyTriesError);
  });

  it("refuses a common password without counting or hashing", async () => {
    expect(await join("new@kontor.example", "password1")).toMatchObject({ ok: false, reason: "password" });
    expect(vi.mocked(hash)).not.toHaveBeenCalled();
  });

  it("is refused while it is closed", async () => {
    process.env.SIGN_UP = "closed";
    forgetEnv();
    const answer = await join("new@kontor.example", "another lamp 12");
    delete process.env.SIGN_UP;
    forgetEnv();
    expect(answer).toMatchObject({ ok: false, reason: "closed" });
    expect(await test.db.select().from(users)).toHaveLength(1);
  });
});
