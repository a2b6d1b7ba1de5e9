import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { pauseSession, resumeSession } from "@/lib/sessions/mutations/steer-session";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { closePages, cookieOf, expectAccessible, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

const address = inject("address");
const dataDir = inject("appDataDir");
let browser: Browser;
let userId: string;
let sessionId: string;
let cookie: { name: string; value: string };

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
  const signedIn = await signInWithPassword(address, newUser);
  userId = signedIn.id;
  cookie = cookieOf(signedIn.jar);
  const client = new SheetClient(address, signedIn.jar);
  const intent = randomUUID();
  ({ id: sessionId } = await createSession({ userId, intent, name: "Autumn", prompt: "sepia" }));
  await client.upload(sessionId, await drawPhotos(3));
  await client.untilReady(sessionId, 3);
  await startSession({ userId, sessionId });
  await pauseSession({ userId, sessionId });
});
afterAll(async () => {
  await closePages();
  await closeDb();
});

/** A browser whose notices are kept in `window.notices`; it answers the question for them with `permission`. */
async function openSession(permission: NotificationPermission) {
  const { context, page, complaints } = await newPerson(browser);
  await context.addCookies([{ ...cookie, url: address }]);
  await context.addInitScript((answer) => {
    const notices: { title: string; body?: string; tag?: string }[] = [];
    const state = { permission: "default" };
    class Kept {
      static get permission() {
        return state.permission;
      }
      static async requestPermission() {
        state.permission = answer;
        return answer;
      }
      onclick = null;
      constructor(title: string, { body, tag }: NotificationOptions) {
        notices.push({ title, body, tag });
      }
      close() {}
    }
    Object.assign(window, { Notification: Kept, notices });
  }, permission);
  await page.goto(`${address}/sessions/${sessionId}`);
  const notices = () => page.evaluate(() => JSON.parse(JSON.stringify(Reflect.get(window, "notices"))));
  return { context, page, complaints, notices, toggle: page.getByLabel("Tell me when it is done") };
}

test("a browser that blocks notices is said so, and the switch stays off", async () => {
  const { context, page, toggle } = await openSession("denied");
  await toggle.click();
  await page.getByText("This browser blocks notices from here.").waitFor();
  expect(await toggle.isChecked()).toBe(false);
  await expectAccessible(page, "notices blocked");
  await context.close();
});

test("asked for on the click, kept over a reload, told once when the run ends", async () => {
  const { context, page, complaints, notices, toggle } = await openSession("granted");
  expect(await page.evaluate(() => Notification.permission)).toBe("default");
  await toggle.click();
  await expect.poll(() => toggle.isChecked()).toBe(true);
  await page.reload();
  // This browser forgets its answer with the page, so the kept wish is asked again by a click.
  expect(await page.evaluate(() => localStorage.getItem("tell-when-done"))).toBe("on");
  await toggle.click();
  await expect.poll(() => toggle.isChecked()).toBe(true);
  await resumeSession({ userId, sessionId });
  await page.getByRole("button", { name: "Completed 3" }).waitFor();
  await expect
    .poll(notices)
    .toEqual([{ title: "Autumn", body: "Finished: 3 of 3 done.", tag: `finished:${sessionId}` }]);
  await page.reload();
  await page.getByRole("button", { name: "Completed 3" }).waitFor();
  expect(await notices()).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
