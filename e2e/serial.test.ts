import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { closePages, cookieOf, expectAccessible, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { signInWithPassword } from "./sign-in";

const address = inject("address");
const dataDir = inject("appDataDir");
const folder = mkdtempSync(join(tmpdir(), "contact-sheet-serial-"));
let browser: Browser;
let cookie: { name: string; value: string };

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
  cookie = cookieOf((await signInWithPassword(address, newUser)).jar);
  for (const { name, bytes } of await drawPhotos(1)) writeFileSync(join(folder, name), bytes);
});
afterAll(async () => {
  await closePages();
  await closeDb();
  rmSync(folder, { recursive: true, force: true });
});

const step = (page: Page, place: number, state: string) =>
  page.getByRole("button", { name: new RegExp(`^Step ${place} of 2, .*, ${state}, Input`) });

test("two steps with the keyboard alone: written, run, the first one changed, run from there", async () => {
  const { context, page, complaints } = await newPerson(browser);
  const { keyboard } = page;
  await context.addCookies([{ ...cookie, url: address }]);
  await page.goto(`${address}/sessions/new`);
  await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("kept on the other side");
  await page.getByRole("radio", { name: "Serial App" }).focus();
  await keyboard.press("Space");
  await page.getByRole("heading", { name: "Serial Steps" }).waitFor();
  const prompt = page.getByRole("textbox", { name: "Prompt", exact: true });
  await prompt.focus();
  await keyboard.type("black and white");
  await page.getByRole("button", { name: "Add step" }).focus();
  await keyboard.press("Enter");
  await page.locator("textarea[placeholder='What step 2 does']:focus").waitFor();
  await keyboard.type("close-up");
  await page.getByRole("radio", { name: "Bulk App" }).focus();
  await keyboard.press("Space");
  await expect.poll(() => prompt.inputValue()).toBe("kept on the other side");
  await page.getByRole("radio", { name: "Serial App" }).focus();
  await keyboard.press("Space");
  await step(page, 2, "not run yet").waitFor();
  await expectAccessible(page, "a chain without an image");
  await page.reload();
  await step(page, 2, "not run yet").waitFor();

  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose image" }).focus();
  await keyboard.press("Enter");
  await (await chooser).setFiles(join(folder, "photo-01.jpg"));
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  await page.getByText("2 steps · free").waitFor();
  await page.locator("[data-step]:focus").waitFor();
  await keyboard.press("End");
  await keyboard.press("Control+Enter");
  await step(page, 2, "completed").waitFor();
  await step(page, 1, "completed").waitFor();

  await keyboard.press("ArrowLeft");
  await prompt.focus();
  await keyboard.press("Control+a");
  await keyboard.type("sepia");
  await step(page, 2, "out of date").waitFor();
  await step(page, 1, "out of date").waitFor();
  await page.getByText("2 steps · free").waitFor();
  await expectAccessible(page, "a chain that is out of date");
  await keyboard.press("Control+Shift+Enter");
  await step(page, 1, "completed").waitFor();
  await step(page, 2, "completed").waitFor();
  await page.getByText("2/2", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Earlier attempt" }).focus();
  await keyboard.press("Enter");
  await page.getByRole("button", { name: "Use this" }).focus();
  await keyboard.press("Enter");
  await step(page, 2, "out of date").waitFor();

  await step(page, 1, "out of date").focus();
  await keyboard.press("Shift+ArrowRight");
  await page
    .getByText(/Step 1 is step 2 now\. .*Step 1 now uses the original/)
    .first()
    .waitFor();
  await keyboard.press("Control+z");
  await step(page, 2, "out of date").waitFor();
  await keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});
