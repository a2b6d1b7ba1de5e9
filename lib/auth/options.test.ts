import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import NextAuth from "next-auth";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { accounts, logins, throttles, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { forgetEnv } from "@/lib/env";
import { invite } from "@/lib/workspaces/mutations/invite";
import { CookieJar } from "@/scripts/testing/cookie-jar";
import { PROVIDER_SECRET, startIdentityProvider } from "@/scripts/testing/identity-provider";
import { findUserOf } from "./current-user";
import { signUp } from "./mutations/sign-up";
import { authOptions } from "./options";

const MARA = { id: 42, name: "Mara", email: "mara@kontor.example", verified: true };
const PASSWORD = "kontor lampa 77";
const COOKIE = "next-auth.session-token";

let test: TestDb;
let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
let site: Awaited<ReturnType<typeof startSite>>;

beforeAll(async () => {
  test = await createTestDb();
  provider = await startIdentityProvider(MARA);
  site = await startSite();
  vi.spyOn(console, "log").mockImplementation(() => {});
});
afterAll(async () => {
  site.server.close();
  await provider.close();
  await test.close();
});
beforeEach(async () => {
  provider.person = MARA;
  await test.db.delete(users);
  await test.db.delete(throttles);
  setEnv({ SIGN_UP: "open" });
});

function setEnv(values: Record<string, string>) {
  Object.assign(process.env, values);
  forgetEnv();
}

// The same options as the app's route, behind plain HTTP instead of Next.
async function startSite() {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://site");
    const nextauth = url.pathname.replace("/api/auth/", "").split("/");
    const cookies = Object.fromEntries(
      (request.headers.cookie ?? "").split("; ").map((pair) => pair.split(/=(.*)/s).map(decodeURIComponent)),
    );
    const body = Object.fromEntries(new URLSearchParams(await text(request)));
    const answer = {
      status: (code: number) => Object.assign(answer, { code }) && answer,
      setHeader: (name: string, value: string) => response.setHeader(name, value) && answer,
      getHeader: (name: string) => response.getHeader(name),
      json: (value: unknown) => answer.end(JSON.stringify(value)),
      send: (value: unknown) => answer.end(typeof value === "string" ? value : JSON.stringify(value)),
      end: (value?: string) => response.writeHead(answer.code).end(value),
      code: 200,
    };
    const asked = {
      method: request.method,
      headers: request.headers,
      cookies,
      body,
      query: { ...Object.fromEntries(url.searchParams), nextauth },
    };
    const headers = new Headers({
      "user-agent": "test",
      "x-forwarded-for": "203.0.113.1",
      cookie: request.headers.cookie ?? "",
    });
    const setCookie = (line: string) => response.appendHeader("set-cookie", line);
    await Reflect.apply(NextAuth, undefined, [asked, answer, authOptions(headers, setCookie)]);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  setEnv({
    NEXTAUTH_URL: url,
    GITHUB_ID: "provider-id",
    GITHUB_SECRET: PROVIDER_SECRET,
    GITHUB_URL: provider.url,
    GITHUB_API_URL: provider.url,
    GOOGLE_ID: "provider-id",
    GOOGLE_SECRET: PROVIDER_SECRET,
    GOOGLE_ISSUER: provider.url,
  });
  return { server, url };
}

async function post(jar: CookieJar, path: string, fields: Record<string, string>) {
  const { csrfToken } = await (await jar.fetch(`${site.url}/api/auth/csrf`)).json();
  return jar.fetch(`${site.url}/api/auth/${path}`, {
    method: "POST",
    body: new URLSearchParams({ csrfToken, json: "true", ...fields }),
  });
}

async function signInWith(id: "github" | "google", callbackUrl = "/sessions/7?view=grid") {
  const jar = new CookieJar();
  const { url } = await (await post(jar, `signin/${id}`, { callbackUrl })).json();
  const back = (await fetch(url, { redirect: "manual" })).headers.get("location") ?? "";
  const landed = (await jar.fetch(back)).headers.get("location");
  return { jar, landed, back };
}

const personIn = (jar: CookieJar) => findUserOf(new Request(site.url, { headers: { cookie: jar.header() } }));

describe.each(["github", "google"] as const)("signing in with %s", (id) => {
  it("makes a person once, and comes back to the page asked for", async () => {
    const first = await signInWith(id);
    expect(first.landed).toBe(`${site.url}/sessions/7?view=grid`);
    expect(await personIn(first.jar)).toMatchObject({ email: MARA.email, name: "Mara", isOwner: false });
    const again = await signInWith(id);
    expect((await personIn(again.jar))?.id).toBe((await personIn(first.jar))?.id);
    expect(await test.db.select().from(users)).toHaveLength(1);
    expect(await test.db.select().from(logins)).toHaveLength(2);
  });

  it("is the person with that e-mail when the provider verified it; the unproven password and its logins end", async () => {
    await signUp({ email: MARA.email, password: PASSWORD, address: "203.0.113.1" });
    const before = new CookieJar();
    await post(before, "callback/credentials", { email: MARA.email, password: PASSWORD });
    const person = await personIn(before);
    const { jar } = await signInWith(id);
    expect((await personIn(jar))?.id).toBe(person?.id);
    expect(await personIn(before)).toBeNull();
    const answer = await post(new CookieJar(), "callback/credentials", {
      email: MARA.email,
      password: PASSWORD,
    });
    expect(answer.status).toBe(401);
  });

  it("is somebody else, without an e-mail, when the provider did not verify it", async () => {
    await signUp({ email: MARA.email, password: PASSWORD, address: "203.0.113.1" });
    provider.person = { ...MARA, verified: false };
    const { jar } = await signInWith(id);
    expect(await personIn(jar)).toMatchObject({ email: null });
    const [mara] = await test.db.select().from(users).where(eq(users.email, MARA.email));
    expect(mara?.passwordHash).not.toBeNull();
  });

  it("makes nobody while sign-up is closed, and still knows those it knew", async () => {
    await signInWith(id);
    setEnv({ SIGN_UP: "closed" });
    expect(await personIn((await signInWith(id)).jar)).not.toBeNull();
    provider.person = { id: 43, name: "New", email: "new@kontor.example", verified: true };
    const { jar, landed } = await signInWith(id);
    expect(landed).toContain("error=AccessDenied");
    expect(jar.has(COOKIE)).toBe(false);
    expect(await test.db.select().from(accounts)).toHaveLength(1);
  });

  it("makes a person while sign-up is closed when an open invitation led here, and uses it up", async () => {
    setEnv({ SIGN_UP: "closed" });
    const [host] = await test.db.insert(users).values({ name: "Host" }).returning();
    const made = await invite({ ownerId: host?.id ?? "", email: "" });
    const path = new URL(made.ok ? made.value.url : "").pathname;
    const { jar, landed } = await signInWith(id, path);
    expect(landed).toBe(site.url + path);
    expect(await personIn(jar)).toMatchObject({ name: "Mara", isMember: true });
    provider.person = { id: 44, name: "Late", email: "late@kontor.example", verified: true };
    expect((await signInWith(id, path)).landed).toContain("error=AccessDenied");
    expect(await test.db.select().from(users)).toHaveLength(2);
  });

  it("refuses an answer that another browser asked for", async () => {
    const { back } = await signInWith(id);
    const stranger = new CookieJar();
    expect((await stranger.fetch(back)).headers.get("location")).toContain("error=");
    expect(stranger.has(COOKIE)).toBe(false);
  });
});

describe("e-mail and password", () => {
  beforeEach(() => signUp({ email: MARA.email, password: PASSWORD, address: "203.0.113.1" }));

  it("sign a person in with a cookie of their own, and signing out ends that login", async () => {
    const jar = new CookieJar();
    const answer = await post(jar, "callback/credentials", { email: MARA.email, password: PASSWORD });
    expect(answer.status).toBe(200);
    const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(COOKIE)) ?? "";
    expect(line).toMatch(/HttpOnly/);
    expect(line).toMatch(/SameSite=Lax/i);
    const kept = jar.header();
    expect(await personIn(jar)).toMatchObject({ email: MARA.email });
    await post(jar, "signout", {});
    expect(jar.has(COOKIE)).toBe(false);
    expect(await findUserOf(new Request(site.url, { headers: { cookie: kept } }))).toBeNull();
  });

  it("are answered alike for an unknown account and a wrong password", async () => {
    const ask = async (email: string) => {
      const answer = await post(new CookieJar(), "callback/credentials", { email, password: "a guess" });
      return [answer.status, await answer.json()];
    };
    const known = await ask(MARA.email);
    expect(known).toEqual([401, { url: expect.stringContaining("error=CredentialsSignin") }]);
    expect(await ask("nobody@kontor.example")).toEqual(known);
    for (let n = 0; n < 4; n++) await Promise.all([ask(MARA.email), ask("nobody@kontor.example")]);
    const throttled = await ask(MARA.email);
    expect(JSON.stringify(throttled)).toContain("Too%20many%20tries");
    expect(await ask("nobody@kontor.example")).toEqual(throttled);
  });

  it("still work on a device known to the account while a stranger guesses without end", async () => {
    const known = new CookieJar();
    await post(known, "callback/credentials", { email: MARA.email, password: PASSWORD });
    const enter = async (jar: CookieJar, password: string) =>
      (await post(jar, "callback/credentials", { email: MARA.email, password })).status;
    const stranger = new CookieJar();
    for (let n = 0; n < 5; n++) expect(await enter(stranger, "a guess")).toBe(401);
    expect(await enter(stranger, PASSWORD)).toBe(401);
    expect(await enter(known, PASSWORD)).toBe(200);
    for (let n = 0; n < 5; n++) expect(await enter(known, "a guess")).toBe(401);
    expect(await enter(known, PASSWORD)).toBe(401);
  });

  it("tell nothing of the person to whoever asks next-auth's own endpoint", async () => {
    const jar = new CookieJar();
    await post(jar, "callback/credentials", { email: MARA.email, password: PASSWORD });
    const told = await (await jar.fetch(`${site.url}/api/auth/session`)).json();
    expect(Object.keys(told)).toEqual(["expires"]);
  });

  it("do not take over a cookie that was there before", async () => {
    const jar = new CookieJar();
    await post(jar, "callback/credentials", { email: MARA.email, password: PASSWORD });
    const planted = jar.header();
    await post(jar, "callback/credentials", { email: MARA.email, password: PASSWORD });
    expect(jar.header()).not.toBe(planted);
    expect(await test.db.select().from(logins)).toHaveLength(2);
  });

  it.each(["https://evil.example/x", "//evil.example", "/\\evil.example"])(
    "never lead on to %s",
    async (callbackUrl) => {
      const answer = await post(new CookieJar(), "callback/credentials", {
        email: MARA.email,
        password: PASSWORD,
        callbackUrl,
      });
      expect(await answer.json()).toEqual({ url: `${site.url}/sessions` });
    },
  );
});
