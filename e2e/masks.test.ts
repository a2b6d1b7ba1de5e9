import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { sharp } from "@/lib/images/decoder";
import type { AttachedAnswer, AttachedRow } from "@/lib/inputs/wire";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser, tinyPng } from "@/scripts/testing/factories";
import { closePages, expectAccessible, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

// References and masks: over HTTP as a program sends them, and drawn in a real browser with mouse and keys.

const address = inject("address");
const dataDir = inject("appDataDir");
let browser: Browser;
let client: SheetClient;
let userId: string;
let cookie: { name: string; value: string };

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
  const person = await signInWithPassword(address, newUser);
  userId = person.id;
  client = new SheetClient(address, person.jar);
  const [name = "", value = ""] =
    person.jar
      .header()
      .split("; ")
      .find((one) => one.includes("session-token"))
      ?.split("=") ?? [];
  cookie = { name, value };
});
afterAll(async () => {
  await closePages();
  await closeDb();
});

async function newDraft(count: number): Promise<string> {
  const { id } = await createSession({ userId, intent: randomUUID(), prompt: "sepia", name: "Masks" });
  await client.upload(id, await drawPhotos(count));
  await client.untilReady(id, count);
  return id;
}

async function attached(sessionId: string): Promise<AttachedRow[]> {
  const answer: AttachedAnswer = await (
    await client.get(`/api/sessions/${sessionId}/inputs/attached`)
  ).json();
  return answer.attached;
}

/** Registers and sends one file that goes along with others, and waits for the server's verdict. */
async function send(
  sessionId: string,
  { bytes, ...target }: { role: string; forInputId: string | null; bytes: Uint8Array },
) {
  const files = [{ clientId: randomUUID(), name: "file.png", path: "", bytes: bytes.length, modified: null }];
  const response = await client.get(`/api/sessions/${sessionId}/inputs`, {
    method: "POST",
    body: JSON.stringify({ ...target, files }),
    headers: { "content-type": "application/json" },
  });
  const answer = await response.json();
  if (!response.ok) return { status: response.status, words: String(answer.words), state: null };
  const [{ id }] = answer.inputs;
  expect((await client.put(id, bytes)).status).toBe(200);
  const state = async () => (await attached(sessionId)).find((one) => one.id === id)?.state;
  await expect.poll(state).not.toBe("probing");
  return { status: response.status, words: "", state: await state() };
}

/** Alpha of the stored mask of an image at points given as shares of its sides. */
async function maskAlpha(sessionId: string, inputId: string, points: readonly (readonly [number, number])[]) {
  const mask = (await attached(sessionId)).find((row) => row.role === "mask" && row.forInputId === inputId);
  const response = await client.get(`/api/files/${mask?.imageId}/full`);
  const { data, info } = await sharp(Buffer.from(await response.arrayBuffer()))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const alpha = points.map(([x, y]) => {
    const at = Math.floor(y * info.height) * info.width + Math.floor(x * info.width);
    return data[at * 4 + 3];
  });
  return { width: info.width, height: info.height, alpha };
}

async function openDraft(sessionId: string, look = {}) {
  const person = await newPerson(browser, look);
  await person.context.addCookies([{ ...cookie, url: address }]);
  await person.page.goto(`${address}/sessions/${sessionId}`);
  await person.page.locator("[data-cell]").first().waitFor();
  return person;
}

async function openMask(page: Page, name: string) {
  await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("button", { name: "Mask", exact: true }).click();
  await page.getByRole("application").waitFor();
}

test("references and masks come in over HTTP; a hostile mask is refused alone and the list is untouched", async () => {
  const sessionId = await newDraft(2);
  const before = await client.rows(sessionId);
  const [first] = before.inputs;
  const inputId = first?.[0] ?? "";
  expect(
    await send(sessionId, { role: "reference", forInputId: null, bytes: await tinyPng() }),
  ).toMatchObject({
    state: "ready",
  });
  const mask = { role: "mask", forInputId: inputId };
  expect(await send(sessionId, { ...mask, bytes: await tinyPng("#ffffff") })).toMatchObject({
    state: "ready",
  });
  const hostile = new TextEncoder().encode("<html><script>alert(1)</script></html>");
  expect(await send(sessionId, { ...mask, bytes: hostile })).toMatchObject({ state: "refused" });
  expect(await send(sessionId, { role: "mask", forInputId: null, bytes: hostile })).toMatchObject({
    status: 400,
  });
  expect(await send(sessionId, { role: "source", forInputId: inputId, bytes: hostile })).toMatchObject({
    status: 400,
  });
  const after = await client.rows(sessionId);
  expect(after.inputs).toEqual(before.inputs);
  expect((await attached(sessionId)).map(({ role, state }) => [role, state])).toEqual([
    ["reference", "ready"],
    ["mask", "ready"],
    ["mask", "refused"],
  ]);
  const stranger = new SheetClient(address, (await signInWithPassword(address, newUser)).jar);
  expect((await stranger.get(`/api/sessions/${sessionId}/inputs/attached`)).status).toBe(404);
});

test("a mask is drawn with the mouse, saved transparent where it is marked, and removed with undo", async () => {
  const sessionId = await newDraft(2);
  const [first] = (await client.rows(sessionId)).inputs;
  const inputId = first?.[0] ?? "";
  const { page, context, complaints } = await openDraft(sessionId);
  await openMask(page, "photo-01.jpg");
  await expectAccessible(page, "mask editor");
  const save = page.getByRole("button", { name: "Save mask" });
  expect(await save.isDisabled()).toBe(true);
  const stage = page.getByRole("application");
  const box = await stage.boundingBox();
  if (!box) throw new Error("no stage");
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.2, 0.5));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.5), { steps: 8 });
  await page.mouse.up();
  await page.getByText(/% of the image is marked/).waitFor();
  // Two steps that are taken back, one that is brought back.
  await page.getByRole("button", { name: "Invert" }).click();
  await page.getByRole("button", { name: "Clear" }).click();
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+Shift+z");
  await page.keyboard.press("Control+z");
  await save.click();
  await page.getByText('Mask of "photo-01.jpg" saved').first().waitFor();
  const drawn = await maskAlpha(sessionId, inputId, [
    [0.2, 0.5],
    [0.35, 0.5],
    [0.5, 0.5],
    [0.35, 0.8],
    [0.8, 0.5],
    [0.02, 0.02],
  ]);
  expect(drawn).toEqual({ width: 480, height: 360, alpha: [0, 0, 0, 255, 255, 255] });
  await page.getByRole("button", { name: "Mask", exact: true }).click();
  await page.getByRole("button", { name: "Remove mask" }).click();
  await expect.poll(() => attached(sessionId)).toEqual([]);
  // A message over a dialog: one takes it back by its button or by Ctrl Z.
  await page.getByText("Undo", { exact: true }).click();
  await expect.poll(() => attached(sessionId)).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
});

test("a mask is drawn without a mouse, and goes to the other selected images of the same size", async () => {
  const sessionId = await newDraft(3);
  const inputIds = (await client.rows(sessionId)).inputs.map(([id]) => id);
  const { page, context, complaints } = await openDraft(sessionId);
  await page.locator("[data-cell]").first().focus();
  await page.keyboard.press("Control+a");
  await page.locator("[data-cell]").first().press("Enter");
  await page.getByRole("button", { name: "Mask", exact: true }).focus();
  await page.keyboard.press("Enter");
  const stage = page.getByRole("application");
  await stage.waitFor();
  await expect.poll(() => stage.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press("r");
  // From the middle half to the left upper corner, then smaller by single pixels.
  for (let i = 0; i < 15; i += 1) await page.keyboard.press("ArrowLeft");
  for (let i = 0; i < 15; i += 1) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+Alt+ArrowLeft");
  await page.keyboard.press("Enter");
  await page.getByText(/25 % of the image is marked/).waitFor();
  await page.getByRole("checkbox", { name: /2 other selected images of 480 × 360/ }).focus();
  await page.keyboard.press("Space");
  await expectAccessible(page, "mask editor with a choice");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Mask saved for 3 images").first().waitFor();
  for (const inputId of inputIds) {
    const { alpha } = await maskAlpha(sessionId, inputId, [
      [0.01, 0.01],
      [0.48, 0.48],
      [239.5 / 480, 0.1],
      [0.52, 0.1],
      [0.1, 0.52],
    ]);
    expect(alpha).toEqual([0, 0, 255, 255, 255]);
  }
  await page.getByText("Mask saved for 3 images").first().waitFor();
  await page.keyboard.press("Control+z");
  await expect.poll(() => attached(sessionId)).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
});

test("prompts without images make a session, take references, and say when the model cannot use them", async () => {
  const { page, context, complaints } = await newPerson(browser, { width: 390, height: 844, scheme: "dark" });
  await context.addCookies([{ ...cookie, url: address }]);
  await page.goto(`${address}/sessions/new`);
  await page.getByRole("button", { name: "Write prompts instead" }).click();
  await page
    .getByRole("textbox", { name: "Prompts, one a line" })
    .fill("a red chair\n\n  a blue door \nlemons");
  await expectAccessible(page, "prompts without images");
  await page.getByRole("button", { name: "Add 3 prompts" }).click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  const sessionId = page.url().split("/").at(-1) ?? "";
  await page.getByText("3 prompts have no image.", { exact: false }).waitFor();
  await page.getByRole("button", { name: /^prompt-003/ }).click();
  await page.getByRole("dialog", { name: "prompt-003" }).getByText("lemons").waitFor();
  expect(await page.getByRole("button", { name: "Mask", exact: true }).count()).toBe(0);
  await page.getByRole("button", { name: "References", exact: true }).click();
  const bytes = await tinyPng();
  const hostile = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
  await page
    .getByLabel("Reference files")
    .last()
    .setInputFiles([
      { name: "style.png", mimeType: "image/png", buffer: bytes },
      { name: "drawing.png", mimeType: "image/png", buffer: hostile },
    ]);
  await expect.poll(async () => (await attached(sessionId))[0]?.state).toBe("ready");
  await page.getByText('"drawing.png" is an SVG file', { exact: false }).first().waitFor();
  await page.getByText("8×8", { exact: false }).or(page.getByText("not used")).first().waitFor();
  await expectAccessible(page, "references of one prompt");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Remove reference style.png" }).click();
  await expect.poll(() => attached(sessionId)).toEqual([]);
  await page.getByText('Reference "style.png" removed').first().waitFor();
  await page.keyboard.press("Control+z");
  await expect.poll(() => attached(sessionId)).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
});
