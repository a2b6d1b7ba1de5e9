import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { closeDb, db } from "@/db";
import { logins, members } from "@/db/schema";
import { writeRecipeFile } from "@/lib/recipes/recipe-file";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { startPostgres } from "@/scripts/postgres.mjs";
import { CookieJar } from "@/scripts/testing/cookie-jar";
import { newUser } from "@/scripts/testing/factories";
import { joinDatabase } from "./owned-sessions";
import { type ActionCall, callAction, listServerActions, type ServerAction } from "./server-actions";
import { signInWithPassword } from "./sign-in";
import { fingerprintOf, newVictim, type Victim } from "./victim";

// R74: a server action is a public address. Whoever posts to it, from wherever, with whatever.

const address = inject("address");
const dataDir = inject("appDataDir");
const actions = listServerActions();
let victim: Victim;
let stranger: CookieJar;

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  victim = await newVictim(address);
  stranger = (await signInWithPassword(address, newUser)).jar;
});
afterAll(closeDb);

const ONE_STEP = { prompt: "taken over", settings: null, source: 0, references: [], enabled: true };
const RECIPE_FILE = writeRecipeFile("taken over", { settings: DEFAULT_SETTINGS, steps: [ONE_STEP] });

/** Arguments that would really do something to the victim's rows if their owner sent them. */
function argumentsOf(name: string): unknown {
  const { draftId, finishedId, inputId, itemId, attemptId, shareId, connectionId, snippetId } = victim;
  const { userId, invitationId, memberId, recipeId, recipeVersionId } = victim;
  const ofDraft = { sessionId: draftId };
  const ofRun = { sessionId: finishedId };
  const options = { names: true, originals: true, prompts: true, download: true };
  const known: Record<string, unknown> = {
    signOutAction: undefined,
    signOutEverywhereAction: undefined,
    signUpAction: { email: `${randomUUID()}@example.com`, password: "kontor-lampa-77" },
    createSessionAction: { intent: randomUUID() },
    renameSessionAction: { ...ofDraft, name: "taken over" },
    saveDraftAction: { ...ofDraft, draftVersion: 0, prompt: "taken over" },
    startFromSessionAction: { ...ofRun, intent: randomUUID(), kind: "bulk" },
    startFromResultsAction: { ...ofRun, intent: randomUUID(), results: "completed" },
    startSessionAction: ofDraft,
    setBudgetAction: { ...ofDraft, budget: 1 },
    pauseSessionAction: ofRun,
    resumeSessionAction: ofRun,
    cancelSessionAction: ofRun,
    duplicateSessionAction: ofRun,
    deleteSessionAction: ofRun,
    restoreSessionAction: ofRun,
    retryItemsAction: { ...ofRun, itemIds: "failed" },
    regenerateItemsAction: { ...ofRun, itemIds: [itemId] },
    moveToLiveAction: { ...ofRun, itemIds: "all" },
    chooseAttemptAction: { itemId, attemptId },
    removeInputsAction: { ...ofDraft, inputIds: [inputId] },
    removeMatchingAction: { ...ofDraft, match: "all" },
    restoreInputsAction: { ...ofDraft, inputIds: [inputId] },
    excludeInputsAction: { ...ofDraft, inputIds: [inputId], excluded: true },
    copyMaskAction: { ...ofDraft, maskId: inputId, inputIds: [inputId] },
    setInputPromptsAction: { ...ofDraft, prompts: [{ inputId, prompt: "taken over" }] },
    setInputPromptAction: { ...ofDraft, inputIds: [inputId], mode: "replace", prompt: "taken over" },
    createShareAction: { ...ofRun, options, expiresInDays: null },
    revokeShareAction: { shareId },
    saveChainAction: { ...ofDraft, chainVersion: 0, steps: [{ ...ONE_STEP, id: randomUUID() }] },
    runChainAction: { ...ofRun, run: { kind: "all" } },
    saveRecipeAction: { ...ofDraft, name: "taken over" },
    renameRecipeAction: { recipeId, name: "taken over" },
    deleteRecipeAction: { recipeId },
    restoreRecipeAction: { recipeId },
    importRecipeAction: { text: RECIPE_FILE },
    startFromRecipeAction: { intent: randomUUID(), kind: "serial", from: { recipeVersionId } },
    saveSnippetAction: { name: "mine", text: "taken over", replace: true },
    renameSnippetAction: { snippetId, name: "taken over" },
    deleteSnippetAction: { snippetId },
    createConnectionAction: {
      label: "another",
      dialect: "sd-server",
      address: "https://images.example.com",
      apiKey: "",
    },
    changeConnectionAction: { id: connectionId, label: "taken over" },
    testConnectionAction: { key: connectionId },
    revokeConnectionAction: { id: connectionId },
    setLimitsAction: { key: connectionId, imagesPerMinute: 1, requestsPerMinute: 1, maxInFlight: 1 },
    learnLimitsAction: { key: connectionId },
    setMonthlyBudgetAction: { amount: "1" },
    inviteAction: { email: "" },
    revokeInvitationAction: { invitationId },
    removeMemberAction: { memberId },
    leaveWorkspaceAction: { workspaceId: userId },
    switchWorkspaceAction: { workspaceId: userId },
    // Whoever holds a link may use it; what a link does is tested with the workspaces.
    joinWorkspaceAction: { token: "a".repeat(43) },
  };
  if (!(name in known)) throw new Error(`say here what ${name} would do to somebody's rows`);
  return known[name];
}

const bodyOf = (name: string) => {
  const args = argumentsOf(name);
  return JSON.stringify(args === undefined ? [] : [args]);
};

const NEXT_REFUSED = /^(1:E\{"digest":"[\w@]+"\}\s*|Internal Server Error)$/;

/** Posts, and holds against the answer what holds against every answer. */
async function post(call: ActionCall) {
  const { status, text } = await callAction(address, call);
  const what = `${call.action.name}: ${status} ${text.slice(0, 300)}`;
  expect(text, what).not.toContain(victim.marker);
  expect(text, what).not.toMatch(/\n\s+at |node_modules|\.tsx?:\d|\.js:\d/);
  // What Next itself refuses is a 500 with nothing but a digest.
  if (status >= 500) expect(text.replace(/^0:.*\n/, ""), what).toMatch(NEXT_REFUSED);
  return { status, text, what };
}

const SIGN_UP = "signUpAction";
/** Name nobody's rows, so that everyone may call them: for themselves. */
const OWN_ONLY = [
  "createSessionAction",
  "createConnectionAction",
  "importRecipeAction",
  "setMonthlyBudgetAction",
  "saveSnippetAction",
  "inviteAction",
];
/** Asks a server elsewhere; the victim's input is no mask; nobody leaves their own workspace. */
const NOT_FOR_CONTROL = ["testConnectionAction", "copyMaskAction", "leaveWorkspaceAction"];
/** What the victim's members may not do. */
const OWNER_ONLY = [
  "createConnectionAction",
  "changeConnectionAction",
  "testConnectionAction",
  "revokeConnectionAction",
  "setLimitsAction",
  "learnLimitsAction",
  "setMonthlyBudgetAction",
  "inviteAction",
  "revokeInvitationAction",
  "removeMemberAction",
  "deleteSessionAction",
];
const isSignOut = ({ name }: ServerAction) => name.startsWith("signOut");
const guarded = actions.filter((action) => action.name !== SIGN_UP && !isSignOut(action));

async function unchanged(work: () => Promise<void>) {
  const before = await fingerprintOf(victim.userId);
  await work();
  expect(await fingerprintOf(victim.userId)).toBe(before);
}

test("every action of the build is in this list", () => {
  expect(actions.length).toBeGreaterThan(20);
  for (const { name } of actions) argumentsOf(name);
});

describe.each([
  ["the site's own Origin", address],
  ["no Origin", undefined],
])("with %s", (_what, origin) => {
  test("nobody changes anything, and is told to sign in", async () => {
    await unchanged(async () => {
      for (const action of guarded) {
        const { text, what } = await post({
          action,
          jar: new CookieJar(),
          body: bodyOf(action.name),
          origin,
        });
        expect(text, what).toContain('"reason":"signed_out"');
      }
      for (const action of actions.filter(isSignOut)) {
        await post({ action, jar: new CookieJar(), body: "[]", origin });
      }
    });
  });

  test("somebody else changes none of the victim's rows and sees none", async () => {
    await unchanged(async () => {
      for (const action of guarded) {
        const { text, what } = await post({ action, jar: stranger, body: bodyOf(action.name), origin });
        if (!OWN_ONLY.includes(action.name)) expect(text, what).toMatch(/"ok":false|"value":\[?0/);
      }
    });
    const leaving = (await signInWithPassword(address, newUser)).jar;
    const before = await fingerprintOf(victim.userId);
    for (const action of actions.filter(isSignOut)) await post({ action, jar: leaving, body: "[]", origin });
    expect(await fingerprintOf(victim.userId)).toBe(before);
  });
});

test("a member of the victim's workspace is told what only its owner does, and changes none of it", async () => {
  const { jar, id: personId } = await signInWithPassword(address, newUser);
  await db().insert(members).values({ ownerId: victim.userId, memberId: personId });
  await db().update(logins).set({ workspaceId: victim.userId }).where(eq(logins.userId, personId));
  await unchanged(async () => {
    for (const action of guarded.filter(({ name }) => OWNER_ONLY.includes(name))) {
      const { text, what } = await post({ action, jar, body: bodyOf(action.name), origin: address });
      expect(text, what).toContain('"reason":"not_owner"');
    }
  });
  const [rename] = guarded.filter(({ name }) => name === "renameSessionAction");
  const body = JSON.stringify([{ sessionId: victim.finishedId, name: victim.marker }]);
  const answer = rename && (await callAction(address, { action: rename, jar, body, origin: address }));
  expect(answer?.text).toContain('"ok":true');
});

test.each(["null", "https://evil.example", `${address}.evil.example`])(
  "a page of another site (Origin %s) does nothing with the victim's own cookie",
  async (origin) => {
    await unchanged(async () => {
      for (const action of actions) {
        const { text, what } = await post({ action, jar: victim.jar, body: bodyOf(action.name), origin });
        expect(text, what).not.toContain('"ok":true');
      }
    });
  },
);

const GARBAGE = [
  "",
  "[]",
  "null",
  "[null]",
  "[[[[[[",
  '["$undefined"]',
  '["$F1"]',
  '["$K1"]',
  '[{"__proto__":{"sessionId":"x"}}]',
  '[{"sessionId":{"$ne":null}}]',
  '[{"sessionId":"x","userId":"x","ownerId":"x","role":"owner"}]',
  `[${JSON.stringify("x".repeat(10_000))}]`,
];

test("garbage from the owner changes nothing and breaks nothing", async () => {
  await unchanged(async () => {
    for (const action of guarded.concat(actions.filter(({ name }) => name === SIGN_UP))) {
      for (const body of GARBAGE) await post({ action, jar: victim.jar, body, origin: address });
      const contentType = "multipart/form-data; boundary=x";
      await post({ action, jar: victim.jar, body: "--x\r\nnonsense", origin: address, contentType });
    }
  });
});

test("2 MB from the owner are refused", async () => {
  const body = JSON.stringify([{ sessionId: victim.draftId, name: "x".repeat(2_000_000) }]);
  await unchanged(async () => {
    for (const action of guarded) {
      const { text, what } = await post({ action, jar: victim.jar, body, origin: address });
      expect(text, what).not.toContain('"ok"');
    }
  });
});

test("the same calls do work for the owner: what was posted here is what the pages post", async () => {
  const order = (one: ServerAction) =>
    [
      ...["deleteSnippetAction", "deleteRecipeAction", "restoreRecipeAction"],
      ...["revokeConnectionAction", "deleteSessionAction", "restoreSessionAction"],
    ].indexOf(one.name);
  const called = guarded.filter(({ name }) => !NOT_FOR_CONTROL.includes(name));
  for (const action of called.toSorted((a, b) => order(a) - order(b))) {
    const { text } = await callAction(address, {
      action,
      jar: victim.jar,
      body: bodyOf(action.name),
      origin: address,
    });
    expect(text, action.name).toMatch(/"ok":(true|false)/);
    expect(text, action.name).not.toMatch(/"reason":"(bad_input|signed_out|not_found)"/);
  }
});
