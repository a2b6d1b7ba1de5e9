import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import JSZip from "jszip";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { bytesOf, closePages, expectAccessible, getAs, newPerson, openBrowser } from "./browser";
import { drawPhotos } from "./photos";
import type { TestFile } from "./sheet-client";

// One person's whole job, in order, in one browser; each test goes on where the one before ended.

const GOOD = 20;
const address = inject("address");
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let folder: string;
let sessionUrl: string;
let shareUrl: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "contact-sheet-photos-"));
  browser = await openBrowser();
  ({ context, page, complaints } = await newPerson(browser, { motion: true }));
});
afterAll(async () => {
  await closePages();
  rmSync(folder, { recursive: true, force: true });
});

const promptBox = () => page.getByRole("textbox", { name: "Prompt", exact: true });

const bad: TestFile[] = [
  { name: "notes.png", bytes: Buffer.from("<html><script>alert(1)</script></html>") },
  { name: "drawing.jpg", bytes: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>") },
  { name: "empty.webp", bytes: new Uint8Array() },
];

async function writeFiles(): Promise<string[]> {
  const photos = await drawPhotos(GOOD);
  const cut = { name: "cut-off.jpg", bytes: (photos[0]?.bytes ?? new Uint8Array()).subarray(0, 900) };
  return [...photos, ...bad, cut].map(({ name, bytes }) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
}

test("the owner link signs in, once", async () => {
  await page.goto(inject("ownerLink"));
  await page.waitForURL("**/sessions");
  const other = await newPerson(browser);
  await other.page.goto(inject("ownerLink"));
  await other.page.waitForURL("**/sign-in**");
  await other.context.close();
});

test("24 files go up, 4 of them are named as refused", async () => {
  await page.getByRole("link", { name: "New session" }).first().click();
  await page.getByRole("heading", { name: "Bulk Input List" }).waitFor();
  await expectAccessible(page, "new session");
  await page.getByLabel("Image files").setInputFiles(await writeFiles());
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  sessionUrl = page.url();
  await page.getByText(`${GOOD} images`).first().waitFor();
  await page.getByText(/4 files were not added/).waitFor();
  await page.getByRole("button", { name: "Show why" }).click();
  for (const { name } of [...bad, { name: "cut-off.jpg" }]) await page.getByText(name).first().waitFor();
  await expectAccessible(page, "draft with refused files");
});

test("one image gets a prompt of its own", async () => {
  await promptBox().fill("black and white");
  await page.getByText("black and white", { exact: false }).first().waitFor();
  await page.getByRole("button", { name: "Prompt of photo-02.jpg" }).click();
  await page.getByText("Replace it").click();
  await page.getByLabel("Instead of the session prompt").fill("sepia");
  await expectAccessible(page, "own prompt dialog");
  await page
    .getByRole("button", { name: /^(Save|Set|Use)/ })
    .last()
    .click();
});

test("a reload keeps the draft", async () => {
  await page.getByText(/Draft saved/).waitFor();
  await page.reload();
  await expect.poll(() => promptBox().inputValue()).toBe("black and white");
  await page.getByText(`${GOOD} images`).first().waitFor();
});

test("Start pressed twice starts once, and every image ends", async () => {
  await page.getByRole("button", { name: `Start ${GOOD}` }).dblclick();
  await page.getByRole("heading", { name: "Bulk Results List" }).waitFor();
  await expectAccessible(page, "running");
  await page.getByRole("button", { name: `Completed ${GOOD}` }).waitFor();
  await page.getByRole("button", { name: "Failed 0" }).waitFor();
  await expectAccessible(page, "finished");
});

test("a result opens large with its source and facts, and Escape comes back to its tile", async () => {
  const tile = page
    .getByRole("link", { name: /photo-02\.jpg/ })
    .or(page.getByRole("button", { name: /^photo-02\.jpg/ }));
  await tile.first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("sepia").first().waitFor();
  await expectAccessible(page, "viewer");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? ""))
    .toMatch(/photo-02/);
});

test("Download All is a ZIP with every result under its source's name, and a true manifest", async () => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: `Download All (${GOOD})` }).click(),
  ]);
  const zip = await JSZip.loadAsync(await bytesOf(download));
  const manifest = JSON.parse((await zip.file("manifest.json")?.async("string")) ?? "{}");
  expect(manifest.items).toHaveLength(GOOD);
  for (let n = 1; n <= GOOD; n += 1) {
    const name = `photo-${String(n).padStart(2, "0")}.png`;
    const bytes = await zip.file(name)?.async("nodebuffer");
    const entry = manifest.items.find((item: { file: string }) => item.file === name);
    expect(bytes && createHash("sha256").update(bytes).digest("hex"), name).toBe(entry.sha256);
    expect(entry.prompt).toBe(n === 2 ? "sepia" : "black and white");
  }
  expect(zip.file("manifest.csv")).not.toBeNull();
});

test("the session is found again under Sessions", async () => {
  await page.getByRole("link", { name: /^Sessions/ }).click();
  await page.waitForURL("**/sessions");
  await expectAccessible(page, "sessions");
  await page
    .getByRole("link", { name: /Untitled session/ })
    .first()
    .click();
  await page.waitForURL(sessionUrl);
  await page.getByRole("button", { name: `Completed ${GOOD}` }).waitFor();
});

test("a share link shows the results to a stranger, and nothing after it was revoked", async () => {
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^(Create|Make)/ }).click();
  shareUrl = await dialog.getByLabel("Link", { exact: true }).inputValue();
  expect(shareUrl).toMatch(new RegExp(`^${address}/s/[\\w-]{43}$`));
  await expectAccessible(page, "share dialog");

  const stranger = await newPerson(browser);
  const answer = await stranger.page.goto(shareUrl);
  expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
  expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
  await stranger.page.locator("img").first().waitFor();
  await expectAccessible(stranger.page, "share page");
  const picture = await stranger.page.locator("img[src*='/api/shares/']").first().getAttribute("src");
  expect((await getAs(stranger.page, new URL(picture ?? "", address).href)).status()).toBe(200);
  expect((await stranger.page.goto(sessionUrl))?.url()).toContain("/sign-in");

  await dialog
    .getByRole("button", { name: /Revoke/ })
    .first()
    .click();
  await expect
    .poll(async () => (await getAs(stranger.page, new URL(picture ?? "", address).href)).status())
    .toBe(404);
  expect((await stranger.page.goto(shareUrl))?.status()).toBe(404);
  await stranger.context.close();
});

test("nothing on any page complained", () => {
  expect(complaints).toEqual([]);
  expect(context.pages()).toHaveLength(1);
});
