import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { closePages, cookieOf, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { signInWithPassword } from "./sign-in";

const address = inject("address");
const dataDir = inject("appDataDir");
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
  const { jar, id: userId } = await signInWithPassword(address, newUser);
  for (const name of ["third", "second", "first"])
    await createSession({ userId, intent: randomUUID(), name });
  const person = await newPerson(browser);
  ({ page, complaints } = person);
  await person.context.addCookies([{ ...cookieOf(jar), url: address }]);
  await page.goto(`${address}/sessions`);
  await page.getByRole("link", { name: "first" }).waitFor();
});
afterAll(async () => {
  await closePages();
  await closeDb();
});

const focused = () =>
  page.evaluate(() => {
    const { activeElement: active } = document;
    return active && active !== document.body
      ? active.textContent || active.getAttribute("aria-label")
      : null;
  });

async function deleteByKeyboard(name: string) {
  await page.getByRole("button", { name: `Actions for ${name}` }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Open");
  await page.keyboard.press("End");
  await expect.poll(focused).toBe("Delete");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: `Actions for ${name}` }).waitFor({ state: "detached" });
}

test("the focus goes on to the row in the place of the deleted one, then up, then to the heading", async () => {
  await deleteByKeyboard("second");
  await expect.poll(focused).toBe("third");
  await deleteByKeyboard("third");
  await expect.poll(focused).toBe("first");
  await deleteByKeyboard("first");
  await expect.poll(focused).toMatch(/session/i);
  expect(complaints).toEqual([]);
});
