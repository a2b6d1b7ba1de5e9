import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { newUser } from "@/scripts/testing/factories";
import { closePages, cookieOf, newPerson, openBrowser } from "./browser";
import { type InstancePair, startInstancePair } from "./instance-pair";
import { drawPhotos, SMALL } from "./photos";
import { signInWithPassword } from "./sign-in";

// What a person sees of two instances that are replaced one after the other (R75, F25): nothing.

const PHOTOS = 8;

let pair: InstancePair;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "contact-sheet-photos-"));
  pair = await startInstancePair(inject("appDataDir"));
  browser = await openBrowser();
});
afterAll(async () => {
  await closePages();
  await closeDb();
  await pair?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("a draft, its upload, its start, its run and its download in a browser over two instances, both replaced meanwhile", async () => {
  const { page, context, complaints } = await newPerson(browser);
  const { jar } = await signInWithPassword(pair.proxy.address, newUser);
  await context.addCookies([{ ...cookieOf(jar), url: pair.proxy.address }]);
  const files = (await drawPhotos(PHOTOS, SMALL)).map(({ name, bytes }) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
  await page.goto(`${pair.proxy.address}/sessions/new`);
  await page.getByRole("heading", { name: "Bulk Input List" }).waitFor();
  const uploaded = page.getByLabel("Image files").setInputFiles(files);
  await Promise.all([uploaded, pair.replace(0)]);
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  await page.getByText(`${PHOTOS} images`).first().waitFor();
  await page
    .getByRole("textbox", { name: "Prompt", exact: true })
    .fill("Convert the image into a watercolor painting");
  await page.getByText(/Draft saved/).waitFor();
  await page.getByRole("button", { name: `Start ${PHOTOS}` }).click();
  await page.getByRole("heading", { name: "Bulk Results List" }).waitFor();
  await pair.replace(1);
  await page.getByRole("button", { name: `Completed ${PHOTOS}` }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Download All/ }).click(),
  ]);
  expect(await download.failure()).toBeNull();
  expect(complaints).toEqual([]);
  const used = pair.addresses().map((address) => (pair.proxy.answered.get(address) ?? 0) > 0);
  expect(used).toEqual([true, true]);
});
