import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { sharp } from "@/lib/images/decoder";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { bytesOf, closePages, cookieOf, expectAccessible, getAs, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { drawBed } from "./photos";
import { signInWithPassword } from "./sign-in";

// One person and their recipes, in order; each test goes on where the one before ended.

const address = inject("address");
const dataDir = inject("appDataDir");
const BEDS = 3;
const NAME = `Red bed ${randomUUID().slice(0, 8)}`;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let folder: string;
let runUrl: string;

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  folder = mkdtempSync(join(tmpdir(), "contact-sheet-recipes-"));
  browser = await openBrowser();
  const { jar } = await signInWithPassword(address, newUser);
  ({ context, page, complaints } = await newPerson(browser));
  await context.addCookies([{ ...cookieOf(jar), url: address }]);
});
afterAll(async () => {
  await closePages();
  await closeDb();
  rmSync(folder, { recursive: true, force: true });
});

const click = (name: string | RegExp) => page.getByRole("button", { name }).first().click();
const choose = (name: string) => page.getByRole("menuitem", { name }).click();
const toast = (words: string | RegExp) => page.getByText(words).first().waitFor();

async function writeBeds(count: number): Promise<string[]> {
  const beds = await Promise.all(
    Array.from({ length: count }, (_, i) => drawBed({ name: `bed-${i + 1}.jpg`, shift: i * 12 })),
  );
  return beds.map(({ name, bytes }) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
}

/** How much redder than green and blue a picture is at its middle. */
async function rednessOf(url: string): Promise<number> {
  const response = await getAs(context, url);
  const { data, info } = await sharp(await response.body())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (Math.round(info.height * 0.53) * info.width + Math.round(info.width / 2)) * info.channels;
  const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
  return red - Math.max(green, blue);
}

test("a person without recipes finds two that work, and runs one over its photos", async () => {
  await page.goto(`${address}/recipes`);
  await page.getByRole("heading", { name: "No recipes of your own yet" }).waitFor();
  await expectAccessible(page, "no recipes");
  await click("Run Red mattress, close-up on many images");
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  runUrl = page.url();
  await page.getByLabel("Image files").setInputFiles(await writeBeds(BEDS));
  await page.getByText(`${BEDS} images`).first().waitFor();
  await click(/^Start/);
  await page
    .getByText(/Finished/)
    .first()
    .waitFor();
  const list = await (
    await getAs(context, `${runUrl.replace("/sessions/", "/api/sessions/")}/download`)
  ).json();
  expect(list.files).toHaveLength(BEDS);
  for (const { url } of list.files) expect(await rednessOf(address + url)).toBeGreaterThan(80);
});

test("a session is kept as a recipe, a second save is another version, and the same adds none", async () => {
  await click("More");
  await choose("Save as recipe");
  await page.getByLabel("Name", { exact: true }).fill(NAME);
  await expectAccessible(page, "save as recipe");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await toast(`Saved as “${NAME}”.`);
  await page.goto(`${address}/sessions`);
  await click(/^Actions for Red mattress/);
  await choose("Save as recipe");
  await page.getByLabel("Name", { exact: true }).fill(NAME);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await toast(/holds exactly this/);
});

test("results begin another session, which has them as its images", async () => {
  await page.goto(runUrl);
  await click("More");
  await choose(`New session from ${BEDS} results`);
  await page.waitForURL((url) => url.href !== runUrl && /\/sessions\/[0-9a-f-]{36}$/.test(url.pathname));
  await page.getByText(`${BEDS} images`).first().waitFor();
  await page.getByText("bed-1.png").first().waitFor();
});

test("a recipe leaves as a file, comes back under another name, is renamed, deleted and brought back", async () => {
  await page.goto(`${address}/recipes`);
  await click(`Actions for ${NAME}`);
  const [download] = await Promise.all([page.waitForEvent("download"), choose("Export as file")]);
  expect(download.suggestedFilename()).toBe(`${NAME}.recipe.json`);
  const text = (await bytesOf(download)).toString("utf8");
  const bring = (content: string) =>
    page
      .getByLabel("Recipe file")
      .setInputFiles({ name: "red.recipe.json", mimeType: "application/json", buffer: Buffer.from(content) });
  await bring(text.replace('"source": 1', '"source": 5'));
  await page.getByText("red.recipe.json: Step 2 can't use step 5").waitFor();
  await expectAccessible(page, "a recipe file that is wrong");
  await bring(text);
  await page.getByText(`“${NAME}” is here already and holds the same.`).waitFor();
  await bring(text.replace("Close-up", "Sepia"));
  await page.getByText(`“${NAME} (2)” was added.`).waitFor();
  await click(`Actions for ${NAME} (2)`);
  await choose("Rename");
  await page.getByLabel("Name", { exact: true }).fill("Old bed");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await page.getByRole("button", { name: "Old bed", exact: true }).waitFor();
  await click("Actions for Old bed");
  await choose("Delete");
  await page.getByRole("button", { name: "Old bed", exact: true }).waitFor({ state: "detached" });
  await click("Undo");
  await page.getByRole("button", { name: "Old bed", exact: true }).click();
  await page.getByRole("dialog").getByText("Version 1", { exact: true }).waitFor();
  await expectAccessible(page, "versions of a recipe");
});

test("New begins with a recipe or an earlier session, on one image too", async () => {
  await page.goto(`${address}/sessions/new?app=serial`);
  await click("Start from");
  await choose("A recipe");
  await page.getByRole("searchbox", { name: "Search recipes by name or prompt" }).fill("sepia");
  await page.getByText(NAME).waitFor({ state: "detached" });
  await click("Start from Old bed");
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  await page.getByText("serial · draft").waitFor();
  await page.getByText("Sepia").first().waitFor();
  await page.goto(`${address}/sessions/new?from=session`);
  await click(/^Start with the steps of Red mattress/);
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  await page.getByText("bulk · draft").waitFor();
  expect(complaints).toEqual([]);
});
