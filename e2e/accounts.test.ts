import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closePages, newPerson, openBrowser } from "./browser";

const address = inject("address");
const email = `${randomUUID()}@example.com`;
const password = `long enough ${randomUUID()}`;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await openBrowser();
  ({ page, complaints } = await newPerson(browser));
});
afterAll(closePages);

async function fillIn(secret: string) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.locator("button[type=submit]").click();
}

test("a new account opens an empty list of sessions", async () => {
  await page.goto(`${address}/sign-up`);
  await fillIn(password);
  await page.waitForURL("**/sessions");
  await page.getByText("No sessions yet").waitFor();
});

test("signing out closes every page, and signing in comes back to the one asked for", async () => {
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await page.waitForURL("**/sign-in**");
  await page.goto(`${address}/sessions/new`);
  await page.waitForURL("**/sign-in?next=**");
  await fillIn("not the password");
  await page.getByRole("alert").first().waitFor();
  expect(page.url()).toContain("/sign-in");
  await fillIn(password);
  await page.waitForURL("**/sessions/new");
});

test("a link to another site is not followed after signing in", async () => {
  await page.context().clearCookies();
  await page.goto(`${address}/sign-in?next=https://evil.example/`);
  await fillIn(password);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  expect(new URL(page.url()).origin).toBe(address);
});

test("signing out on every device ends the other one", async () => {
  const other = await newPerson(browser);
  await other.context.addCookies(await page.context().cookies());
  await page.context().clearCookies();
  await page.goto(`${address}/sign-in`);
  await fillIn(password);
  await page.waitForURL("**/sessions");
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out on every device" }).click();
  await page.waitForURL("**/sign-in**");
  await other.page.goto(`${address}/sessions`);
  expect(other.page.url()).toContain("/sign-in");
  expect(complaints).toEqual([]);
});
