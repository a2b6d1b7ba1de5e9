import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { hashPassword } from "@/lib/auth/passwords";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser, sessionRow } from "@/scripts/testing/factories";
import { PATIENCE_MS } from "@/scripts/testing/patience.mjs";
import { closePages, cookieOf, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

// A machine under load, or a slow line: the page is seen long before its code is there.

const address = inject("address");
const dataDir = inject("appDataDir");
let browser: Browser;

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
});
afterAll(async () => {
  await closePages();
  await closeDb();
});

/** A page whose scripts wait for `arrive`. */
async function pageWithoutCode(path: string, cookie?: { name: string; value: string }) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE_MS);
  if (cookie) await context.addCookies([{ ...cookie, url: address }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, (route) => arrived.then(() => route.continue()));
  await page.goto(address + path, { waitUntil: "commit" });
  return { page, arrive, complaints };
}

const promptOf = (page: Page) => page.getByRole("textbox", { name: "Prompt", exact: true });

/** As a person drops something from their desktop. */
async function drop(page: Page, path: string) {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await client.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
  }
}

test("words written and Start pressed before the code is there: one start, with these words", async () => {
  const { jar, id: userId } = await signInWithPassword(address, newUser);
  const client = new SheetClient(address, jar);
  const { id } = await createSession({ userId, intent: randomUUID(), prompt: "sepia" });
  await client.upload(id, await drawPhotos(2));
  await client.untilReady(id, 2);

  const { page, arrive, complaints } = await pageWithoutCode(`/sessions/${id}`, cookieOf(jar));
  await promptOf(page).fill("black and white");
  await page.getByRole("button", { name: "Start 2" }).click();
  expect((await sessionRow(id)).state).toBe("draft");
  arrive();
  await page.getByRole("heading", { name: "Bulk Results List" }).waitFor();
  await client.untilFinished(id);
  expect(await sessionRow(id)).toMatchObject({ prompt: "black and white", completedCount: 2 });
  expect(complaints).toEqual([]);
});

test("files chosen and a menu opened before the code is there are taken, and it opens once", async () => {
  const { jar } = await signInWithPassword(address, newUser);
  const { page, arrive, complaints } = await pageWithoutCode("/sessions/new", cookieOf(jar));
  const files = (await drawPhotos(2)).map(({ name, bytes }) => ({
    name,
    mimeType: "image/jpeg",
    buffer: Buffer.from(bytes),
  }));
  await page.getByLabel("Image files").setInputFiles(files);
  await promptOf(page).fill("sketch");
  await page.getByRole("button", { name: /^Account/ }).click();
  arrive();
  await page.getByRole("menu").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("2 images").first().waitFor();
  await page.getByText("6 characters").waitFor();
  expect(complaints).toEqual([]);
});

test("a folder dropped before the code is there is taken, and does not replace the page", async () => {
  const { jar } = await signInWithPassword(address, newUser);
  const { page, arrive, complaints } = await pageWithoutCode("/sessions/new", cookieOf(jar));
  const home = mkdtempSync(join(tmpdir(), "dropped-"));
  const folder = join(home, "Autumn");
  mkdirSync(folder);
  const [alone, ...inFolder] = await drawPhotos(4);
  for (const { name, bytes } of inFolder) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(home, "alone.jpg"), alone?.bytes ?? "");
  await promptOf(page).waitFor();
  await drop(page, folder);
  arrive();
  await page.getByText("3 images").first().waitFor();
  await drop(page, join(home, "alone.jpg"));
  await page.getByText("4 images").first().waitFor();
  expect(complaints).toEqual([]);
});

test("Enter after the password before the code is there signs in", async () => {
  const password = "a hill, a mill";
  const email = `${randomUUID()}@example.com`;
  await newUser({ email, passwordHash: await hashPassword(password) });
  const { page, arrive, complaints } = await pageWithoutCode("/sign-in?next=/recipes");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  arrive();
  await page.getByRole("heading", { name: "Recipes", exact: true }).waitFor();
  expect(complaints).toEqual([]);
});
