import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { startWithoutProxy } from "./bare-server";
import { joinDatabase } from "./owned-sessions";
import { rawRequest } from "./raw-request";
import { buildFolder } from "./server-actions";
import { signInWithPassword } from "./sign-in";
import { fingerprintOf, newVictim, type Victim } from "./victim";

// R62: who may see what is decided where the data is read. The same build without its proxy must refuse the same.

const address = inject("address");
const dataDir = inject("appDataDir");
let bare: Awaited<ReturnType<typeof startWithoutProxy>>;
let victim: Victim;
let stranger: string;

beforeAll(async () => {
  const databaseUrl = async () => (await startPostgres({ dataDir })).url;
  await joinDatabase({ address, dataDir, databaseUrl });
  bare = await startWithoutProxy({ dataDir, databaseUrl: await databaseUrl(), publicUrl: address });
  victim = await newVictim(address);
  stranger = (await signInWithPassword(address, newUser)).jar.header();
});
afterAll(async () => {
  await bare?.stop();
  await closeDb();
});

type Guarded = { path: string; method?: string; body?: string; asJson?: boolean };

/** What of each route belongs to the victim; null: open to everybody, or asks for a secret of its own. */
function routes(): Record<string, Guarded[] | null> {
  const { draftId, finishedId, inputId, itemId, imageId, recipeId } = victim;
  const files = JSON.stringify({
    files: [{ clientId: randomUUID(), name: "a.jpg", path: "", bytes: 1, modified: null }],
  });
  const prompts = JSON.stringify({ rows: [{ clientId: randomUUID(), prompt: "a lamp" }] });
  return {
    "/": [{ path: "/" }],
    "/sessions": [{ path: "/sessions" }],
    "/sessions/new": [{ path: "/sessions/new" }],
    "/sessions/[sessionId]": [{ path: `/sessions/${draftId}` }, { path: `/sessions/${finishedId}` }],
    "/settings": [{ path: "/settings" }],
    "/settings/provider": [{ path: "/settings/provider" }],
    "/settings/team": [{ path: "/settings/team" }],
    "/recipes": [{ path: "/recipes" }],
    "/api/recipes": [{ path: "/api/recipes" }],
    "/api/recipes/[recipeId]": [{ path: `/api/recipes/${recipeId}` }],
    "/api/recipes/[recipeId]/file": [{ path: `/api/recipes/${recipeId}/file` }],
    "/usage": [{ path: "/usage" }],
    "/api/usage/export": [{ path: "/api/usage/export" }],
    "/api/running": [{ path: "/api/running" }],
    "/api/prompts": [{ path: "/api/prompts" }],
    "/api/snippets": [{ path: "/api/snippets" }],
    "/api/files/[...key]": ["full", "256", "480", "1280", "download"].map((kind) => ({
      path: `/api/files/${imageId}/${kind}`,
    })),
    "/api/inputs/[inputId]": [{ path: `/api/inputs/${inputId}` }],
    "/api/items/[itemId]": [{ path: `/api/items/${itemId}` }],
    "/api/sessions": [{ path: "/api/sessions" }],
    "/api/sessions/[sessionId]/changes": [{ path: `/api/sessions/${finishedId}/changes?since=0` }],
    "/api/sessions/[sessionId]/chain": [{ path: `/api/sessions/${finishedId}/chain` }],
    "/api/sessions/[sessionId]/run-plan": [{ path: `/api/sessions/${finishedId}/run-plan?run=all` }],
    "/api/sessions/[sessionId]/rows": [{ path: `/api/sessions/${finishedId}/rows?after=0` }],
    "/api/sessions/[sessionId]/download": [{ path: `/api/sessions/${finishedId}/download` }],
    "/api/sessions/[sessionId]/shares": [{ path: `/api/sessions/${finishedId}/shares` }],
    "/api/sessions/[sessionId]/batches": [{ path: `/api/sessions/${draftId}/batches` }],
    "/api/sessions/[sessionId]/estimate": [{ path: `/api/sessions/${draftId}/estimate` }],
    "/api/sessions/[sessionId]/inputs/attached": [{ path: `/api/sessions/${draftId}/inputs/attached` }],
    "/api/sessions/[sessionId]/inputs/prompts": [
      { path: `/api/sessions/${draftId}/inputs/prompts`, method: "POST", body: prompts, asJson: true },
    ],
    "/api/sessions/[sessionId]/inputs": [
      { path: `/api/sessions/${draftId}/inputs`, method: "POST", body: files, asJson: true },
    ],
    "/api/uploads/[inputId]": [{ path: `/api/uploads/${inputId}`, method: "PUT", body: "x" }],
    "/api/uploads/[inputId]/target": [{ path: `/api/uploads/${inputId}/target`, method: "POST" }],
    "/api/uploads/[inputId]/arrived": [{ path: `/api/uploads/${inputId}/arrived`, method: "POST" }],
    "/api/uploads/landed": null,
    "/sign-in": null,
    "/sign-up": null,
    "/_global-error": null,
    "/_not-found": null,
    "/icon.svg": null,
    "/owner-link": null,
    "/api/auth/[...nextauth]": null,
    "/api/health": null,
    "/api/ready": null,
    "/api/inngest": null,
    "/s/[token]": null,
    "/join/[token]": null,
    "/api/shares/[token]/download": null,
    "/api/shares/[token]/files/[...key]": null,
    "/api/shares/[token]/rows": null,
    "/api/shares/[token]/unlock": null,
  };
}

const idsOf = ({ draftId, finishedId, inputId, itemId, imageId, recipeId }: Victim) => [
  draftId,
  finishedId,
  inputId,
  itemId,
  imageId,
  recipeId,
];

/** Pages that only lead to another one. */
const LEADS_ON = ["/", "/settings"];

const guarded = () => Object.values(routes()).flatMap((list) => list ?? []);
const isPage = ({ path }: Guarded) => !path.startsWith("/api/");

function ask(server: string, one: Guarded, headers: Record<string, string> = {}) {
  const type = one.asJson ? { "content-type": "application/json" } : undefined;
  return rawRequest(server, { ...one, headers: { ...type, ...headers } });
}

test("every route of the build is in this list", () => {
  const manifest = JSON.parse(readFileSync(join(buildFolder(), "app-path-routes-manifest.json"), "utf8"));
  expect(Object.keys(routes()).sort()).toEqual(Object.values(manifest).sort());
});

test("the proxy is really gone", async () => {
  const policy = async (server: string) =>
    (await rawRequest(server, { path: "/sign-in" })).headers["content-security-policy"];
  expect(await policy(address)).toContain("nonce-");
  expect(await policy(bare.address)).toBeUndefined();
});

test("its owner gets all of it without the proxy", async () => {
  for (const one of guarded().filter(({ method, path }) => !method && !LEADS_ON.includes(path))) {
    const { status } = await ask(bare.address, one, { cookie: victim.jar.header() });
    expect(status, one.path).toBe(200);
  }
});

const SKIPS = ["proxy", "middleware", "src/proxy", "src/middleware", "pages/_middleware"].map((name) =>
  Array(6).fill(name).join(":"),
);
const LOADS: Record<string, string>[] = [
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  { "x-nextjs-data": "1" },
  ...SKIPS.map((skip) => ({ "x-middleware-subrequest": skip })),
];

/** Other spellings of a path that a router may take for it. */
function spellings(path: string): string[] {
  const [plain = "", query] = path.split("?");
  const tail = query ? `?${query}` : "";
  return [
    `/${plain}${tail}`,
    `/.${plain}${tail}`,
    `/%2e${plain}${tail}`,
    `/x/%2e%2e${plain}${tail}`,
    `/x/..${plain}${tail}`,
    `${plain.replace("s", "%73")}${tail}`,
    `${plain}/${tail}`,
    `${plain}%2f${tail}`,
    `${plain}.rsc${tail}`,
    `${plain}.json${tail}`,
    `${plain}.segments/_tree.segment.rsc${tail}`,
    `/_next/data/build${plain}.json${tail}`,
    `${plain.toUpperCase()}${tail}`,
  ];
}

describe.each([
  ["with the proxy", () => address, {}],
  // Bare, each spelling is asked for as the data of a page, which a proxy would be asked about first.
  ["without the proxy", () => bare.address, LOADS[0]],
])("%s", (_what, server, load) => {
  test("nobody gets 401 from every route, and the way to sign in from every page", async () => {
    for (const one of guarded()) {
      const { status, headers } = await ask(server(), one);
      if (!isPage(one)) expect(status, one.path).toBe(401);
      else if (!LEADS_ON.includes(one.path)) expect(String(headers.location), one.path).toContain("/sign-in");
    }
  });

  test("somebody else gets 404 for what is the victim's", async () => {
    const before = await fingerprintOf(victim.userId);
    for (const one of guarded().filter(({ path }) => idsOf(victim).some((id) => path.includes(id)))) {
      const { status } = await ask(server(), one, { cookie: stranger });
      expect(status, one.path).toBe(404);
    }
    expect(await fingerprintOf(victim.userId)).toBe(before);
  });

  test.each([
    ["nobody", () => "", () => true],
    ["somebody else", () => stranger, (path: string) => idsOf(victim).some((id) => path.includes(id))],
  ])("no header and no spelling shows %s a row of the victim", async (_who, cookie, isTheirs) => {
    const before = await fingerprintOf(victim.userId);
    const cookies: Record<string, string> = cookie() ? { cookie: cookie() } : {};
    for (const one of guarded().filter(({ path }) => isTheirs(path))) {
      const tries = [
        ...LOADS.map((headers) => ({ path: one.path, headers })),
        ...spellings(one.path).map((path) => ({ path, headers: load })),
      ];
      for (const { path, headers } of tries) {
        const { status, text } = await ask(server(), { ...one, path }, { ...headers, ...cookies });
        const what = `${path} ${JSON.stringify(headers)}: ${status}`;
        expect(text, what).not.toContain(victim.marker);
        expect(status, what).toBeLessThan(500);
        if (idsOf(victim).some((id) => path.includes(id)) && path.includes("/api/")) {
          expect(status, what).not.toBe(200);
        }
      }
    }
    expect(await fingerprintOf(victim.userId)).toBe(before);
  });
});
