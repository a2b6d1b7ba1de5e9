import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import JSZip from "jszip";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, startApp } from "./app";
import { bytesOf, closePages, expectAccessible, newPerson, openBrowser } from "./browser";
import { drawPhotos } from "./photos";

// From one image and two steps to a recipe over twelve photos, with a worker that dies on the way. Each test goes on
// where the one before ended.

const PHOTOS = 12;
const WATERCOLOUR = "Convert the image into a watercolor painting";
let app: App;
let browser: Browser;
let page: Page;
let folder: string;
let files: string[];
let runUrl: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "contact-sheet-chain-"));
  const photos = await drawPhotos(PHOTOS);
  files = photos.map(({ name, bytes }) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
  app = await startApp();
  browser = await openBrowser();
  ({ page } = await newPerson(browser));
  await page.goto(app.ownerLink);
  await page.waitForURL("**/sessions");
});
afterAll(async () => {
  await closePages();
  await app?.stop();
  app?.clean();
  rmSync(folder, { recursive: true, force: true });
});

const button = (name: string | RegExp) => page.getByRole("button", { name });
const prompt = () => page.getByRole("textbox", { name: "Prompt", exact: true });
/** The original comes before the first step. */
const frame = (place: number) => page.locator("li:has([data-step])").nth(place);

test("one image and two steps: each is made from the one before", async () => {
  await page.goto(`${app.address}/sessions/new?app=serial`);
  await page.getByLabel("Image file", { exact: true }).setInputFiles(files[0] ?? "");
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  await prompt().fill("sepia");
  await button("Add step").click();
  await prompt().fill(WATERCOLOUR);
  await button(/^Run all/).click();
  await frame(2).getByText("Completed").waitFor();
  await expectAccessible(page, "a chain that ran");
});

test("other words for step 1 put both out of date; from there both run again, and nothing else", async () => {
  await button(/^Step 1 of/).click();
  await prompt().fill("black and white");
  await frame(2).getByText("Out of date").waitFor();
  await button("Run from here").click();
  await frame(2).getByText("Completed").waitFor();
  await frame(1).getByText("2 attempts").waitFor();
  await frame(2).getByText("2 attempts").waitFor();
  await page.reload();
  await frame(2).getByText("2 attempts").waitFor();
});

test("the chain is kept as a recipe and opened over many", async () => {
  await button("More").first().click();
  await page.getByRole("menuitem", { name: "Save as recipe" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Grey watercolour");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved as “Grey watercolour”.").first().waitFor();
  await page.goto(`${app.address}/recipes`);
  await button("Run Grey watercolour on many images").click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  runUrl = page.url();
});

test("twelve photos go through it though the worker is killed on the way", async () => {
  await page.getByLabel("Image files").setInputFiles(files);
  await button(new RegExp(`^Start ${PHOTOS}`)).click();
  await page.getByRole("heading", { name: "Bulk Results List" }).waitFor();
  await button(/^Completed [1-9]/).waitFor();
  process.kill(app.pids().worker ?? 0, "SIGKILL");
  await button(`Completed ${PHOTOS}`).waitFor();
  await button("Failed 0").waitFor();
  await expectAccessible(page, "a chain over many");
});

test("every step of every photo comes down under its source's name, with the record of the chain", async () => {
  await page.goto(runUrl);
  await button(/^Download/)
    .first()
    .click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /All steps/ }).click(),
  ]);
  const zip = await JSZip.loadAsync(await bytesOf(download));
  const manifest = JSON.parse((await zip.file("manifest.json")?.async("string")) ?? "{}");
  expect(manifest.items).toHaveLength(2 * PHOTOS);
  for (const { file, sha256, prompt: said, step } of manifest.items) {
    const bytes = await zip.file(file)?.async("nodebuffer");
    expect(bytes && createHash("sha256").update(bytes).digest("hex"), file).toBe(sha256);
    expect(said).toBe(step === 1 ? "black and white" : WATERCOLOUR);
  }
});
