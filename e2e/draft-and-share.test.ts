import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { createShare } from "@/lib/shares/mutations/create-share";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { closePages, cookieOf, expectAccessible, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

const address = inject("address");
const dataDir = inject("appDataDir");
const PASSWORD = "Kontor 77";
let browser: Browser;
let cookie: { name: string; value: string };
let draftId: string;
let sortedId: string;
let shareUrl: string;

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
  const { jar, id: userId } = await signInWithPassword(address, newUser);
  cookie = cookieOf(jar);
  const client = new SheetClient(address, jar);
  const newSession = async (name: string, prompt: string, photos = drawPhotos(3)) => {
    const { id } = await createSession({ userId, intent: randomUUID(), name, prompt });
    const files = await photos;
    await client.upload(id, files);
    await client.untilReady(id, files.length);
    return id;
  };
  const finishedId = await newSession("Autumn", "sepia");
  await startSession({ userId, sessionId: finishedId });
  await client.untilFinished(finishedId);
  const options = { names: true, originals: false, prompts: false, download: false };
  const share = await createShare({
    userId,
    sessionId: finishedId,
    options,
    expiresInDays: 7,
    password: PASSWORD,
  });
  if (!share.ok) throw new Error(share.words);
  shareUrl = share.value.url;
  draftId = await newSession("Spring", "");
  const [large, small] = [await drawPhotos(1), await drawPhotos(2, { width: 90, height: 60 })];
  sortedId = await newSession("Summer", "", Promise.resolve([...large, ...small.slice(1)]));
});
afterAll(async () => {
  await closePages();
  await closeDb();
});

test("earlier prompts come back by keys, a column fills in own prompts, one image is left out, two start", async () => {
  const { context, page, complaints } = await newPerson(browser);
  await context.addCookies([{ ...cookie, url: address }]);
  await page.goto(`${address}/sessions/${draftId}`);
  const prompt = page.getByRole("textbox", { name: "Prompt", exact: true });
  await prompt.click();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => prompt.inputValue()).toBe("sepia");
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(() => prompt.inputValue()).toBe("");

  await page.getByRole("grid", { name: "Images" }).getByRole("button").first().focus();
  await page.keyboard.press("Control+a");
  await page.getByRole("button", { name: "Set prompt for 3" }).click();
  await page.getByText("One for each").click();
  const column = page.getByLabel("One prompt a line");
  await column.fill("sepia\nblack and white\nsketch\nbeach");
  await page.getByText("1 more line than images.").waitFor();
  await column.fill("sepia\nblack and white\nsketch");
  await expectAccessible(page, "a column of prompts");
  await page.getByRole("button", { name: "Set prompt for 3" }).last().click();
  await page.getByRole("button", { name: "Custom prompt 3" }).waitFor();

  await page.getByRole("button", { name: "Select none" }).click();
  await page.getByRole("grid", { name: "Images" }).getByRole("button").first().focus();
  await page.keyboard.press(" ");
  await page.getByRole("button", { name: "Leave out 1" }).click();
  await page.getByRole("button", { name: "Left out 1" }).waitFor();
  await page.getByRole("button", { name: "Take in 1" }).waitFor();
  await expectAccessible(page, "an image left out");
  await page.getByRole("button", { name: "Start 2" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Left out 1" }).waitFor();
  await page.getByRole("button", { name: "Start 2" }).click();
  await page.getByRole("heading", { name: "Bulk Results List" }).waitFor();
  await page.getByRole("button", { name: "Completed 2" }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test("a link pressed with a new prompt just written leads where it says, and the draft is there", async () => {
  const { context, page, complaints } = await newPerson(browser);
  await context.addCookies([{ ...cookie, url: address }]);
  await page.goto(`${address}/sessions/new`);
  await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("sepia, for the window");
  await page.getByText("Draft saved").waitFor();
  const visited: string[] = [];
  page.on("framenavigated", (frame) => visited.push(new URL(frame.url()).pathname));
  await page.getByRole("link", { name: "Sessions" }).first().click();
  await page.getByRole("heading", { name: "Sessions" }).waitFor();
  await page.waitForLoadState("networkidle");
  expect(visited).toEqual(["/sessions"]);
  await page
    .getByRole("link", { name: /Untitled session/ })
    .first()
    .click();
  await expect
    .poll(() => page.getByRole("textbox", { name: "Prompt", exact: true }).inputValue())
    .toBe("sepia, for the window");
  expect(complaints).toEqual([]);
  await context.close();
});

test("a draft keeps what was typed just before a reload or gone back to; its list is sorted, its files bring prompts", async () => {
  const { context, page, complaints } = await newPerson(browser);
  await context.addCookies([{ ...cookie, url: address }]);
  await page.goto(`${address}/sessions/${sortedId}`);
  const prompt = page.getByRole("textbox", { name: "Prompt", exact: true });
  const holdsText = (text: string) => expect.poll(() => prompt.inputValue()).toBe(text);
  await page.getByRole("grid", { name: "Images" }).waitFor();
  // Until the page's code is there nobody hears what replaces a text.
  await expect
    .poll(async () => {
      await prompt.fill("sepia");
      return page.getByText("5 characters").isVisible();
    })
    .toBe(true);
  await page.reload();
  await holdsText("sepia");
  await prompt.fill("sepia, soft light");
  await page.getByText("Draft saved").waitFor();
  await page.getByRole("link", { name: "Sessions" }).first().click();
  await page.getByRole("heading", { name: "Sessions" }).waitFor();
  await page.goBack();
  await holdsText("sepia, soft light");

  await prompt.fill("the lamp at a beach");
  await prompt.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(9, 19));
  await prompt.press("Control+/");
  await page.getByLabel("Save the selected words as").fill("Beach");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Beach at a beach" }).waitFor();
  await expectAccessible(page, "snippets");
  await page.keyboard.press("Escape");
  await prompt.fill("a chair");
  await prompt.press("Control+/");
  await page.getByRole("searchbox", { name: "Search snippets" }).fill("bea");
  await page.keyboard.press("Enter");
  await holdsText("a chair at a beach");

  await page.getByRole("combobox", { name: "Sort the list" }).click();
  await page.getByRole("option", { name: "Fewest pixels" }).waitFor();
  await expectAccessible(page, "an open select");
  await page.getByRole("option", { name: "Fewest pixels" }).click();
  const tiles = page.getByRole("grid", { name: "Images" }).getByRole("button", { name: /, ready/ });
  const order = () => tiles.evaluateAll((all) => all.map((tile) => tile.ariaLabel?.split(",")[0]));
  await page.reload();
  // Not if a save before was taken for another tab's.
  await holdsText("a chair at a beach");
  await expect.poll(order).toEqual(["photo-02.jpg", "photo-01.jpg"]);

  const file = (name: string, text: string) => ({
    name,
    mimeType: "text/plain",
    buffer: Buffer.from(text, "utf16le"),
  });
  await page
    .getByLabel("Image files")
    .setInputFiles([file("Photo-02.txt", "\ufeffsketch"), file("lost.txt", "\ufeffblue")]);
  await page.getByText("1 text file became 1 image's own prompt.").waitFor();
  await page.getByText("1 text file was not used: lost.txt").waitFor();
  await page.getByRole("button", { name: "Custom prompt 1" }).waitFor();
  await expectAccessible(page, "text files");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Custom prompt 1" }).waitFor({ state: "hidden" });
  expect(complaints).toEqual([]);
  await context.close();
});

test("a locked link shows nothing before its password, and the results after", async () => {
  const { context, page, complaints } = await newPerson(browser);
  const answer = await page.goto(shareUrl);
  expect(await answer?.text()).not.toMatch(/Autumn|photo-0/);
  await page.getByRole("heading", { name: "These results are locked" }).waitFor();
  await expectAccessible(page, "a locked link");
  await page.getByLabel("Password").fill("kontor 77");
  await page.keyboard.press("Enter");
  await page.getByText("The password does not fit.").waitFor();
  await expectAccessible(page, "a wrong password");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Autumn" }).waitFor();
  await page.locator("img[src*='/api/shares/']").first().waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});
