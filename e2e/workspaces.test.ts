import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { closePages, cookieOf, getAs, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

// F40 with two people: one invites, the other joins, works, may not touch the keys, and is out when removed.

const address = inject("address");
const dataDir = inject("appDataDir");
const email = `${randomUUID()}@example.com`;
let browser: Browser;
let owner: Awaited<ReturnType<typeof newPerson>>;
let member: Awaited<ReturnType<typeof newPerson>>;
let client: SheetClient;
let sessionId: string;

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
  owner = await newPerson(browser);
  member = await newPerson(browser);
  const { jar, id: userId } = await signInWithPassword(address, newUser);
  await owner.context.addCookies([{ ...cookieOf(jar), url: address }]);
  client = new SheetClient(address, jar);
  ({ id: sessionId } = await createSession({ userId, intent: randomUUID(), name: "Lamps", prompt: "sepia" }));
  await client.upload(sessionId, await drawPhotos(2));
  await client.untilReady(sessionId, 2);
});
afterAll(async () => {
  await closePages();
  await closeDb();
});

/** What a page that is still open asks for. */
async function openRequests(page: Page): Promise<number[]> {
  const [input] = (await client.changes(sessionId)).inputs;
  const paths = [`/api/sessions/${sessionId}/changes?since=0`, `/api/files/${input?.[8]}/480`];
  const statusOf = async (path: string) => (await getAs(page, address + path)).status();
  return Promise.all(paths.map(statusOf));
}

test("an invitation makes an account that works in the workspace of whoever sent it", async () => {
  await owner.page.goto(`${address}/settings/team`);
  await owner.page.getByRole("button", { name: "Create invitation" }).click();
  const link = await owner.page.getByRole("textbox", { name: "Link" }).inputValue();
  const { page } = member;
  await page.goto(link);
  await page.getByText("Somebody invites you").waitFor();
  await page.getByRole("link", { name: "Make an account" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(`long enough ${randomUUID()}`);
  await page.locator("button[type=submit]").click();
  await page.waitForURL("**/sessions");
  await page.getByText("Somebody’s workspace").waitFor();
  await page.getByRole("link", { name: "Lamps" }).first().waitFor();
  const other = await newPerson(browser);
  await other.page.goto(link);
  await other.page.getByText("This invitation does not work").waitFor();
  await other.context.close();
});

test("a member starts a session and sees its results, and can change no keys", async () => {
  const { page } = member;
  await page.goto(`${address}/sessions/${sessionId}`);
  await page.getByRole("button", { name: /^Start/ }).click();
  await client.untilFinished(sessionId);
  await page.getByRole("button", { name: "Completed 2" }).waitFor();
  expect(await openRequests(page)).toEqual([200, 200]);
  await page.goto(`${address}/settings/provider`);
  await page.getByText("owner of this workspace can").waitFor();
  expect(await page.getByRole("button", { name: "Add connection" }).count()).toBe(0);
  await page.goto(`${address}/usage`);
  await page.getByText("Only the owner sees usage").waitFor();
});

test("a member goes to a workspace of their own and comes back by a link", async () => {
  const { page } = member;
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitemradio", { name: "Your own workspace" }).click();
  await page.waitForURL("**/sessions");
  await page.getByText("No sessions yet").waitFor();
  await page.goto(`${address}/sessions/${sessionId}`);
  await page.getByRole("heading", { name: "Lamps" }).waitFor();
  await page.goto(`${address}/sessions`);
  await page.getByRole("link", { name: "Lamps" }).first().waitFor();
});

test("who is removed is out at once: page, poll, picture and list", async () => {
  const { page } = member;
  await page.goto(`${address}/sessions/${sessionId}`);
  await page.getByRole("heading", { name: "Lamps" }).waitFor();
  await owner.page.reload();
  await owner.page.getByRole("button", { name: `Remove ${email}` }).click();
  await owner.page.getByRole("button", { name: "Remove from workspace" }).click();
  await owner.page.getByText(`${email} is out`).first().waitFor();
  expect(await openRequests(page)).toEqual([404, 404]);
  expect((await page.goto(`${address}/sessions/${sessionId}`))?.status()).toBe(404);
  await page.goto(`${address}/sessions`);
  await page.getByText("No sessions yet").waitFor();
  expect((await client.changes(sessionId)).state).toBe("finished");
  expect(owner.complaints.concat(member.complaints)).toEqual([]);
});
