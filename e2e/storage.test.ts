import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import JSZip from "jszip";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FaultProxy } from "@/scripts/testing/storage/fault-proxy";
import { startS3 } from "@/scripts/testing/storage/s3-server";
import { type App, startApp } from "./app";
import { bytesOf, closePages, getAs, newPerson, openBrowser } from "./browser";
import { drawPhotos } from "./photos";

// The main path with bytes in S3: what the browser sends, the worker makes and people take away, over a network that fails.

let s3: Awaited<ReturnType<typeof startS3>>;
let network: FaultProxy;
let app: App;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "contact-sheet-s3-photos-"));
  s3 = await startS3();
  network = new FaultProxy(s3.address);
  app = await startApp({ env: { ...s3.settings, S3_ENDPOINT: await network.listen() } });
  browser = await openBrowser();
});
afterAll(async () => {
  await closePages();
  await app?.stop();
  app?.clean();
  await network?.close();
  await s3?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("files go from the browser to the bucket, are worked on, looked at and taken away; nothing lies on the disk", async () => {
  const { page, complaints } = await newPerson(browser);
  const throughTheApp: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT" && request.url().startsWith(app.address))
      throughTheApp.push(request.url());
  });
  await page.goto(app.ownerLink);
  await page.waitForURL("**/sessions");
  await page.goto(`${app.address}/sessions/new`);
  const files = (await drawPhotos(3)).map(({ name, bytes }) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
  network.plan(
    { kind: "reset", method: "PUT", path: /\/u\// },
    { kind: "answer lost", method: "PUT", path: /\/u\// },
    { kind: "answer cut", method: "GET", path: /\/u\// },
    { kind: "503", method: "PUT", path: /\/[ot]\//, times: 2 },
  );
  await page.getByLabel("Image files").setInputFiles(files);
  await page.getByText("3 images").first().waitFor();
  await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("sepia");
  await page.getByRole("button", { name: "Start 3" }).click();
  await page.getByRole("button", { name: "Completed 3" }).waitFor();
  expect(network.plan()).toBe(0);

  await page
    .getByRole("button", { name: /^photo-02\.jpg/ })
    .first()
    .click();
  const picture = page.getByRole("dialog").locator("img[src*='/api/files/']").first();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  const part = await getAs(page, new URL((await picture.getAttribute("src")) ?? "", app.address).href, {
    headers: { range: "bytes=0-99" },
  });
  expect([part.status(), (await part.body()).length]).toEqual([206, 100]);
  await page.keyboard.press("Escape");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download All (3)" }).click(),
  ]);
  const zip = await JSZip.loadAsync(await bytesOf(download));
  const manifest = JSON.parse((await zip.file("manifest.json")?.async("string")) ?? "{}");
  expect(manifest.items).toHaveLength(3);
  for (const { file, sha256 } of manifest.items) {
    const bytes = await zip.file(file)?.async("nodebuffer");
    expect(bytes && createHash("sha256").update(bytes).digest("hex"), file).toBe(sha256);
  }

  const places = network.seen.flatMap(
    (line) => /^PUT (\/sheet\/u\/.+)\?.*X-Amz-Signature=/.exec(line)?.[1] ?? [],
  );
  // A place each, and at most one more: a file whose answer was lost was found in the bucket, not sent elsewhere.
  expect(new Set(places).size).toBeGreaterThanOrEqual(3);
  expect(new Set(places).size).toBeLessThanOrEqual(4);
  expect(throughTheApp).toEqual([]);
  expect(existsSync(join(app.dataDir, "storage", "files"))).toBe(false);
  expect(complaints).toEqual([]);
});
