import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { finishSession } from "@/inngest/functions/finish-session";
import { forgetEnv, parseEnv } from "@/lib/env";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { SmtpServer } from "@/scripts/testing/smtp-server";
import { mailFinish } from "./mutations";
import { finishWords } from "./words";

let testDb: TestDb;
let server: SmtpServer;

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  server = new SmtpServer();
  setMail({ SMTP_URL: await server.listen(), MAIL_FROM: "Contact Sheet <sheet@kontor.example>" });
});
afterEach(async () => {
  setMail({ SMTP_URL: "", MAIL_FROM: "" });
  await server.close();
});

function setMail(values: { SMTP_URL: string; MAIL_FROM: string }) {
  Object.assign(process.env, values);
  forgetEnv();
}

async function finished(user: { id: string }, name = "Autumn catalogue") {
  const { id } = await newDraft({ userId: user.id });
  await finish(id, { name });
  return id;
}

async function finish(sessionId: string, over: Partial<typeof sessions.$inferInsert> = {}) {
  await testDb.db
    .update(sessions)
    .set({
      state: "finished",
      completedCount: 1_173,
      failedCount: 31,
      startedAt: new Date("2026-11-20T22:00:00Z"),
      finishedAt: new Date("2026-11-21T00:05:30Z"),
      ...over,
    })
    .where(eq(sessions.id, sessionId));
}

function runOnce(sessionId: string) {
  return finishSession.handle({ sessionId }, { runId: "run", step: { run: (_id, work) => work() } });
}

function written(sessionId: string, action: string) {
  return testDb.db
    .select()
    .from(audit)
    .where(and(eq(audit.sessionId, sessionId), eq(audit.action, action)));
}

test("the end of a run is one e-mail to its owner, with counts, time and link", async () => {
  const sessionId = await finished(await newUser({ email: "mara@kontor.example" }));
  await runOnce(sessionId);
  expect(server.mails).toHaveLength(1);
  const [mail] = server.mails;
  expect(mail).toMatchObject({ from: "sheet@kontor.example", to: ["mara@kontor.example"] });
  expect(mail?.data).toContain("Subject: Finished: Autumn catalogue (1,173 completed, 31 failed)");
  expect(mail?.data).toContain("1,204 images: 1,173 completed, 31 failed.");
  expect(mail?.data).toContain("21 November 2026 at 00:05 UTC after 125 min 30 s");
  expect(mail?.data).toContain(`http://localhost:3000/sessions/${sessionId}`);
});

test("the event ten times, at once and again, is one e-mail and one record; the next end is another", async () => {
  const sessionId = await finished(await newUser());
  await Promise.all(Array.from({ length: 9 }, () => runOnce(sessionId)));
  await runOnce(sessionId);
  expect(server.mails).toHaveLength(1);
  expect(await written(sessionId, "session.finish")).toHaveLength(1);
  await finish(sessionId, { completedCount: 1_204, failedCount: 0, finishedAt: new Date() });
  await runOnce(sessionId);
  expect(server.mails).toHaveLength(2);
  expect(server.mails[1]?.data).toContain("(1,204 completed)");
});

test("a server that refuses or is away fails nothing, and the run stays finished", async () => {
  const sessionId = await finished(await newUser());
  server.refuse = true;
  await runOnce(sessionId);
  await finish(sessionId, { finishedAt: new Date() });
  setMail({ SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "sheet@kontor.example" });
  await runOnce(sessionId);
  expect(server.mails).toHaveLength(0);
  expect(await written(sessionId, "session.finish")).toHaveLength(2);
});

test.each([
  ["an owner without an address", { email: null }],
  ["a disabled owner", { disabledAt: new Date() }],
])("%s gets none", async (_who, over) => {
  await runOnce(await finished(await newUser(over)));
  expect(server.mails).toHaveLength(0);
});

test("a deleted session, one that runs again, and no SMTP are silent", async () => {
  const user = await newUser();
  const deleted = await finished(user);
  await finish(deleted, { deletedAt: new Date() });
  const again = await finished(user);
  await finish(again, { state: "running" });
  await mailFinish({ sessionId: deleted });
  await mailFinish({ sessionId: again });
  setMail({ SMTP_URL: "", MAIL_FROM: "" });
  await mailFinish({ sessionId: await finished(user) });
  expect(server.mails).toHaveLength(0);
});

test("one person gets 20 an hour at most", async () => {
  const user = await newUser();
  const sessionId = await finished(user);
  for (let n = 0; n < 22; n += 1) {
    await finish(sessionId, { finishedAt: new Date(Date.UTC(2026, 0, 1, 0, n)) });
    await mailFinish({ sessionId });
  }
  expect(server.mails).toHaveLength(20);
});

describe("the words", () => {
  const counts = {
    queued: 0,
    running: 0,
    waiting: 0,
    completed: 1,
    reused: 1,
    failed: 0,
    blocked: 0,
    cancelled: 2,
    unmet: 0,
  };
  const run = { counts, startedAt: null, finishedAt: new Date(0), link: "https://sheet.example/sessions/1" };

  test("a name is one short line, whatever was typed", () => {
    const { subject } = finishWords({ ...run, name: `a\r\nBcc: x@y.example\u202e${"z".repeat(200)}` });
    expect(subject).toMatch(/^Finished: a Bcc: x@y\.example z+… \(2 completed, 2 cancelled\)$/);
    expect(subject.length).toBeLessThan(130);
  });

  test("nothing failed, nothing is said of failures", () => {
    expect(finishWords({ ...run, name: "A" }).text).not.toMatch(/failed|after/);
  });
});

test("SMTP_URL without MAIL_FROM, and what is no SMTP address, stop the start by name", () => {
  const rest = {
    DATABASE_URL: "postgres://localhost/x",
    NEXTAUTH_SECRET: "x".repeat(32),
    NEXTAUTH_URL: "http://localhost:3000",
  };
  expect(() => parseEnv({ ...rest, SMTP_URL: "smtp://mail.example" })).toThrow(
    /MAIL_FROM: expected the address/,
  );
  expect(() => parseEnv({ ...rest, SMTP_URL: "mail.example", MAIL_FROM: "a@b.example" })).toThrow(/SMTP_URL/);
  expect(parseEnv({ ...rest, SMTP_URL: "", MAIL_FROM: "" }).SMTP_URL).toBeUndefined();
});
