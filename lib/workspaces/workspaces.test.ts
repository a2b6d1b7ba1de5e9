import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, invitations, logins, members, sessions, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { actAs } from "@/lib/auth/acting";
import { findUserOf } from "@/lib/auth/current-user";
import { type LoginClaims, loginCookie, sealClaims } from "@/lib/auth/login-cookie";
import { chooseWorkspace, createLogin } from "@/lib/auth/mutations/logins";
import { signUp } from "@/lib/auth/mutations/sign-up";
import { NAMES, namedBy, namedByPath } from "@/lib/auth/named";
import { getLoginUser } from "@/lib/auth/queries";
import { forgetEnv } from "@/lib/env";
import { mailFinish } from "@/lib/notices/mutations";
import { listEarlierPrompts } from "@/lib/prompts/queries";
import { deleteSession } from "@/lib/sessions/mutations/delete-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { findSession } from "@/lib/sessions/queries/find-session";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { SmtpServer } from "@/scripts/testing/smtp-server";
import { tokenOfPath } from "./invitation-path";
import { leaveWorkspace, removeMember } from "./mutations/end-membership";
import { invite, revokeInvitation } from "./mutations/invite";
import { joinWorkspace } from "./mutations/join";
import { listInvitations, listMembers, listWorkspaces, viewInvitation } from "./queries";

let testDb: TestDb;
let mara: string;
let jonas: string;
let claims: LoginClaims;

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  mara = (await newUser({ name: "Mara" })).id;
  jonas = (await newUser({ name: "Jonas" })).id;
  claims = await loginOf(jonas);
});
afterEach(() => setEnv({ SIGN_UP: "open", SMTP_URL: "", MAIL_FROM: "" }));

function setEnv(values: Record<string, string>) {
  Object.assign(process.env, values);
  forgetEnv();
}

async function loginOf(userId: string) {
  const login = await createLogin({ userId, userAgent: null });
  if (!login) throw new Error("no login");
  return login;
}

async function linkOf(ownerId: string) {
  const made = await invite({ ownerId, email: "" });
  if (!made.ok) throw new Error(made.words);
  const token = tokenOfPath(made.value.url);
  if (!token) throw new Error("the address holds no token");
  return { token, id: made.value.id };
}

async function join(token: string, login = claims) {
  return joinWorkspace({ token, personId: login.uid, loginId: login.lid });
}

async function asMember() {
  const { token } = await linkOf(mara);
  expect(await join(token)).toEqual({ ok: true, value: { workspaceId: mara } });
}

/** Whoever asks with this login, naming that session. */
async function ask(login = claims, sessionId?: string) {
  const cookie = `${loginCookie().name}=${await sealClaims(login)}`;
  return findUserOf(
    new Request("http://localhost:3000/api/x", { headers: { cookie } }),
    namedBy({ sessionId }),
  );
}

const statusOf = (answer: { ok: boolean; reason?: string }) => (answer.ok ? "ok" : answer.reason);

describe("an invitation", () => {
  test("lets one person in, who works there from then on, and is used up", async () => {
    const { token } = await linkOf(mara);
    expect(await viewInvitation({ token, personId: jonas })).toEqual({
      ownerId: mara,
      from: "Mara",
      isOpen: true,
      theirs: null,
    });
    await join(token);
    expect(await ask()).toMatchObject({ id: mara, personId: jonas, role: "member", home: { name: "Mara" } });
    const other = await loginOf((await newUser()).id);
    expect(statusOf(await join(token, other))).toBe("used_up");
    expect((await listMembers({ ownerId: mara })).map(({ name }) => name)).toEqual(["Jonas"]);
    expect(await listInvitations({ ownerId: mara })).toEqual([]);
    const [row] = await testDb.db.select().from(invitations).where(eq(invitations.ownerId, mara));
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test("is won by one of ten who use it at once", async () => {
    const { token } = await linkOf(mara);
    const people = await Promise.all(Array.from({ length: 10 }, async () => loginOf((await newUser()).id)));
    const answers = await Promise.all(people.map((one) => join(token, one)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await listMembers({ ownerId: mara })).toHaveLength(1);
  });

  test("is not used up by somebody who is in already, nor by the owner", async () => {
    await asMember();
    const { token } = await linkOf(mara);
    expect(statusOf(await join(token))).toBe("ok");
    expect(statusOf(await join(token, await loginOf(mara)))).toBe("own");
    expect((await viewInvitation({ token }))?.isOpen).toBe(true);
  });

  test("ends after 7 days by the database clock, when it is revoked, and with its owner's account", async () => {
    const late = await linkOf(mara);
    const [kept] = await listInvitations({ ownerId: mara });
    expect(((kept?.expiresAt ?? 0) - (kept?.createdAt ?? 0)) / 86_400_000).toBeCloseTo(7, 5);
    await testDb.db.update(invitations).set({ expiresAt: sql`now() - interval '1 second'` });
    expect(statusOf(await join(late.token))).toBe("used_up");
    const taken = await linkOf(mara);
    expect(await revokeInvitation({ ownerId: mara, invitationId: taken.id })).toMatchObject({ ok: true });
    expect(statusOf(await join(taken.token))).toBe("used_up");
    const orphan = await linkOf(mara);
    await testDb.db.update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, mara));
    expect(statusOf(await join(orphan.token))).toBe("used_up");
    expect(await listMembers({ ownerId: mara })).toEqual([]);
  });

  test("of somebody else can't be revoked, and is answered like a missing one", async () => {
    const { id, token } = await linkOf(mara);
    const foreign = await revokeInvitation({ ownerId: jonas, invitationId: id });
    expect(foreign).toEqual(await revokeInvitation({ ownerId: jonas, invitationId: randomUUID() }));
    expect(statusOf(foreign)).toBe("not_found");
    expect((await viewInvitation({ token }))?.isOpen).toBe(true);
  });

  test.each(["", "x", "a".repeat(43), `${"a".repeat(42)}'`])("is not read from %j", async (token) => {
    expect(await viewInvitation({ token })).toBeNull();
    expect(statusOf(await join(token))).toBe("used_up");
  });

  test("goes by e-mail where mail is set up; one that can't be sent leaves the link", async () => {
    const server = new SmtpServer();
    setEnv({ SMTP_URL: await server.listen(), MAIL_FROM: "sheet@kontor.example" });
    const made = await invite({ ownerId: mara, email: "ada@kontor.example" });
    expect(made).toMatchObject({ ok: true, value: { mail: "sent" } });
    expect(server.mails[0]?.to).toEqual(["ada@kontor.example"]);
    expect(server.mails[0]?.data).toContain("Subject: Mara invites you to Contact Sheet");
    expect(server.mails[0]?.data.replace(/=\r?\n/g, "")).toContain(made.ok && made.value.url);
    server.refuse = true;
    const unsent = await invite({ ownerId: mara, email: "ada@kontor.example" });
    expect(unsent).toMatchObject({ ok: true, value: { mail: "failed" } });
    await server.close();
    expect(await listInvitations({ ownerId: mara })).toHaveLength(2);
  });
});

describe("sign-up by invitation", () => {
  const password = "kontor lampa 77";
  const newEmail = () => `${randomUUID()}@example.com`;
  const personOf = async (email: string) =>
    (await testDb.db.select({ id: users.id }).from(users).where(eq(users.email, email)))[0]?.id;

  test("makes an account where sign-up is closed, once", async () => {
    setEnv({ SIGN_UP: "closed" });
    const { token } = await linkOf(mara);
    const [email, second] = [newEmail(), newEmail()];
    expect(statusOf(await signUp({ email: second, password, address: "203.0.113.7" }))).toBe("closed");
    expect(statusOf(await signUp({ email, password, address: "203.0.113.7", invitation: token }))).toBe("ok");
    expect((await listMembers({ ownerId: mara }))[0]?.email).toBe(email);
    expect(
      statusOf(await signUp({ email: second, password, address: "203.0.113.7", invitation: token })),
    ).toBe("closed");
    expect(await personOf(second)).toBeUndefined();
  });

  test("of two at once with one link makes one account", async () => {
    setEnv({ SIGN_UP: "closed" });
    const { token: invitation } = await linkOf(mara);
    const answers = await Promise.all(
      [newEmail(), newEmail()].map((email) =>
        signUp({ email, password, address: "203.0.113.8", invitation }),
      ),
    );
    expect(answers.map(statusOf).sort()).toEqual(["closed", "ok"]);
    expect(await listMembers({ ownerId: mara })).toHaveLength(1);
  });

  test("with a taken e-mail answers the same, changes nothing and leaves the link good", async () => {
    setEnv({ SIGN_UP: "closed" });
    const { token: invitation } = await linkOf(mara);
    const email = newEmail();
    const there = await newUser({ email });
    expect(statusOf(await signUp({ email, password, address: "203.0.113.9", invitation }))).toBe("ok");
    expect(await personOf(email)).toBe(there.id);
    expect((await viewInvitation({ token: invitation, personId: there.id }))?.isOpen).toBe(true);
  });

  test("with a link that ended is an ordinary one where sign-up is open", async () => {
    const email = newEmail();
    const made = await signUp({ email, password, address: "203.0.113.10", invitation: "a".repeat(43) });
    expect(statusOf(made)).toBe("ok");
    expect(await personOf(email)).toBeDefined();
  });
});

describe("a member", () => {
  beforeEach(asMember);

  test("works where the session named lies, else where this device has chosen", async () => {
    const [theirs, own] = [await newDraft({ userId: mara }), await newDraft({ userId: jonas })];
    expect(await ask(claims, own.id)).toMatchObject({ id: jonas, role: "owner", isVisiting: true });
    expect(await ask(claims, theirs.id)).toMatchObject({ id: mara, role: "member", isVisiting: false });
    const phone = await loginOf(jonas);
    expect(await ask(phone)).toMatchObject({ id: jonas, role: "owner", isMember: true, isVisiting: false });
    expect(await ask(phone, theirs.id)).toMatchObject({ id: mara, role: "member", isVisiting: true });
  });

  test.each(NAMES)(
    "naming a %s that is not there asks a real column, and stays where they are",
    async (name) => {
      const login = await getLoginUser(claims, { name, id: randomUUID() });
      expect(login?.user.id).toBe(mara);
    },
  );

  test("goes to a workspace and back, and to no other", async () => {
    const choose = (workspaceId: string) =>
      chooseWorkspace({ loginId: claims.lid, personId: jonas, workspaceId });
    const stranger = (await newUser()).id;
    expect(await choose(jonas)).toBe(true);
    expect((await ask())?.id).toBe(jonas);
    expect([await choose(stranger), await choose(randomUUID())]).toEqual([false, false]);
    expect(await choose(mara)).toBe(true);
    expect((await ask())?.id).toBe(mara);
    expect(await listWorkspaces({ personId: jonas })).toEqual([
      { id: jonas, name: "Your own workspace" },
      { id: mara, name: "Mara’s workspace" },
    ]);
  });

  test("naming a stranger's session stays where they are, as with one that never was", async () => {
    const { id } = await newDraft({ userId: (await newUser()).id });
    expect(await ask(claims, id)).toEqual(await ask(claims, randomUUID()));
    expect((await ask(claims, id))?.id).toBe(mara);
  });

  test("a row of members for another person, or a chosen workspace without a row, opens nothing", async () => {
    const stranger = (await newUser()).id;
    await testDb.db.insert(members).values({ ownerId: stranger, memberId: mara });
    await testDb.db.update(logins).set({ workspaceId: stranger }).where(eq(logins.id, claims.lid));
    expect((await ask())?.id).toBe(jonas);
  });

  test("who is removed is out at once, on every device and with every id; what they made stays", async () => {
    const { id } = await actAs(jonas, () => newDraft({ userId: mara }));
    const phone = await loginOf(jonas);
    expect((await ask(phone, id))?.id).toBe(mara);
    expect(statusOf(await removeMember({ ownerId: mara, memberId: jonas }))).toBe("ok");
    for (const login of [claims, phone]) {
      expect(await ask(login)).toMatchObject({ id: jonas, role: "owner", isMember: false });
      expect((await ask(login, id))?.id).toBe(jonas);
    }
    expect(await findSession({ sessionId: id, userId: mara })).not.toBeNull();
    expect(statusOf(await removeMember({ ownerId: mara, memberId: jonas }))).toBe("not_found");
    await asMember();
    expect(await ask(phone)).toMatchObject({ id: jonas });
  });

  test("is out while the owner's account is disabled, and leaves by themselves once", async () => {
    await testDb.db.update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, mara));
    expect(await ask()).toMatchObject({ id: jonas, role: "owner" });
    await testDb.db.update(users).set({ disabledAt: null }).where(eq(users.id, mara));
    expect(statusOf(await leaveWorkspace({ ownerId: mara, memberId: jonas }))).toBe("ok");
    expect(statusOf(await leaveWorkspace({ ownerId: mara, memberId: jonas }))).toBe("not_found");
    expect((await ask())?.id).toBe(jonas);
  });

  test("deletes what they made and nothing else; the owner deletes all", async () => {
    const own = await actAs(jonas, () => newDraft({ userId: mara }));
    const [theirs, another] = [await newDraft({ userId: mara }), await newDraft({ userId: mara })];
    const remove = (sessionId: string) => deleteSession({ userId: mara, sessionId, memberId: jonas });
    expect(statusOf(await remove(theirs.id))).toBe("not_owner");
    expect(await findSession({ sessionId: theirs.id, userId: mara })).not.toBeNull();
    expect(statusOf(await remove(own.id))).toBe("ok");
    expect(statusOf(await deleteSession({ userId: mara, sessionId: another.id }))).toBe("ok");
  });

  test("is named in the record as the one who acted, and as who started it", async () => {
    const { id } = await newDraft({ userId: mara, model: "studio" });
    const started = await actAs(jonas, () => startSession({ userId: mara, sessionId: id }));
    expect(statusOf(started)).toBe("ok");
    const [entry] = await testDb.db
      .select()
      .from(audit)
      .where(and(eq(audit.sessionId, id), eq(audit.action, "session.start")));
    expect(entry).toMatchObject({ ownerId: mara, actorId: jonas, actor: `user:${jonas}` });
    expect(await findSession({ sessionId: id, userId: mara })).toMatchObject({ startedBy: jonas });
    const joined = await testDb.db
      .select()
      .from(audit)
      .where(and(eq(audit.ownerId, mara), eq(audit.action, "member.join")));
    expect(joined.map(({ actorId }) => actorId)).toEqual([jonas]);
  });
});

describe("what is a person's and not a workspace's", () => {
  beforeEach(asMember);

  async function startedBy(personId: string, prompt: string) {
    const { id } = await newDraft({ userId: mara, prompt });
    const run = {
      startedBy: personId,
      startedAt: sql`now()`,
      finishedAt: sql`now()`,
      state: "finished",
    } as const;
    await testDb.db.update(sessions).set(run).where(eq(sessions.id, id));
    return id;
  }

  test("earlier prompts: each sees their own of this workspace", async () => {
    await startedBy(jonas, "sepia");
    await startedBy(mara, "a beach");
    expect(await listEarlierPrompts({ userId: mara, personId: jonas })).toEqual(["sepia"]);
    expect(await listEarlierPrompts({ userId: mara, personId: mara })).toEqual(["a beach"]);
    expect(await listEarlierPrompts({ userId: jonas, personId: jonas })).toEqual([]);
  });

  test("the e-mail about a run: to whoever started it, to the owner once they are gone", async () => {
    const server = new SmtpServer();
    setEnv({ SMTP_URL: await server.listen(), MAIL_FROM: "sheet@kontor.example" });
    const email = async (id: string) =>
      (await testDb.db.select({ email: users.email }).from(users).where(eq(users.id, id)))[0]?.email;
    await mailFinish({ sessionId: await startedBy(jonas, "sepia") });
    await removeMember({ ownerId: mara, memberId: jonas });
    await mailFinish({ sessionId: await startedBy(jonas, "sepia") });
    await server.close();
    expect(server.mails.map(({ to }) => to[0])).toEqual([await email(jonas), await email(mara)]);
  });
});

test("what a request names is an id, under a name that has an owner", () => {
  const id = randomUUID();
  expect(namedBy({ sessionId: id, name: "x" })).toEqual({ name: "sessionId", id });
  expect(namedBy({ itemId: id })).toEqual({ name: "itemId", id });
  for (const nothing of [null, "x", [id], { sessionId: "1' or true" }, { ownerId: id }, { userId: id }]) {
    expect(namedBy(nothing)).toBeNull();
  }
  expect(namedByPath(`/sessions/${id}/i/1?view=grid`)).toEqual({ name: "sessionId", id });
  expect([namedByPath("/sessions/new"), namedByPath("/usage"), namedByPath(null)]).toEqual([
    null,
    null,
    null,
  ]);
});
