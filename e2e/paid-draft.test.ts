import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser, sessionRow } from "@/scripts/testing/factories";
import { closePages, cookieOf, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { type PaidStates, paidStates } from "./paid-sessions";
import { drawPhotos } from "./photos";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

// What a person does about money, in a real browser. Nothing is ever sent to a provider.

const address = inject("address");
const dataDir = inject("appDataDir");
let browser: Browser;
let person: Awaited<ReturnType<typeof newPerson>>;
let states: PaidStates;
let drafts: [string, string, string];

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
  const { jar, id: userId } = await signInWithPassword(address, newUser);
  const client = new SheetClient(address, jar);
  const newReady = async () => {
    const { id } = await createSession({ userId, intent: randomUUID(), prompt: "a beach" });
    await client.upload(id, await drawPhotos(4));
    await client.untilProbed(id, 4);
    return id;
  };
  drafts = [await newReady(), await newReady(), await newReady()];
  states = await paidStates(userId, drafts);
  person = await newPerson(browser);
  await person.context.addCookies([{ ...cookieOf(jar), url: address }]);
});
afterAll(async () => {
  await closePages();
  await closeDb();
});

async function open(what: keyof PaidStates): Promise<Page> {
  await person.page.goto(address + states[what]);
  return person.page;
}

/** With keys alone; the list opens at the model that is chosen. */
async function chooseModel(page: Page, key: "Home" | "ArrowDown") {
  await page.getByRole("combobox", { name: "Model" }).focus();
  await page.keyboard.press("Enter");
  await page.locator('[role="option"][data-state="checked"][data-highlighted]').waitFor();
  await page.keyboard.press(key);
  await page.locator('[role="option"][data-state="unchecked"][data-highlighted]').waitFor();
  await page.keyboard.press("Enter");
}

test("controls follow the model, and what was entered for another one comes back with it", async () => {
  const page = await open("a paid draft");
  await page.getByText(/^4 × \$/).waitFor();
  await chooseModel(page, "Home");
  await page.getByText("Runs on this machine, costs nothing.").waitFor();
  expect(await page.getByRole("group", { name: "Quality" }).count()).toBe(0);
  expect(await page.getByLabel("Stop at").count()).toBe(0);

  await chooseModel(page, "ArrowDown");
  await page.getByRole("radio", { name: "Production", checked: true }).waitFor();
  await page.getByText("1536 × 1024, landscape").waitFor();
  await page.getByText(/takes no seed, no negative prompt/).waitFor();
  await expect.poll(async () => (await sessionRow(drafts[0])).draftVersion).toBeGreaterThan(0);
  await expect
    .poll(async () => (await sessionRow(drafts[0])).settings)
    .toMatchObject({ model: "gpt-image-2.5-flare", provider: { quality: "high", size: "1536x1024" } });
});

test("the cost follows quality; a stop that leaves too little room is told before Start", async () => {
  const page = await open("a paid draft");
  const line = page.getByText(/^4 × \$/);
  const production = await line.textContent();
  await page.getByRole("radio", { name: "Draft" }).click();
  await expect.poll(() => line.textContent()).not.toBe(production);

  await page.getByLabel("Stop at").fill("sixty");
  await page.getByText("Write an amount, 60 or 12.50. $60.00 stays in force.").waitFor();
  await page.getByLabel("Stop at").fill("0.02");
  await page.getByText(/\$0\.020 is left of your stop: enough for about \d images? of 4/).waitFor();
  expect(await sessionRow(drafts[0])).toMatchObject({ budget: 20_000 });
  await page.reload();
  await page.getByLabel("Stop at").waitFor();
  expect(await page.getByLabel("Stop at").inputValue()).toBe("0.02");
});

test("a run at its stop is set going by a higher one, and finished where it stands", async () => {
  const page = await open("a run at its stop");
  await page.getByText(/The run reached its stop at \$0\.060\./).waitFor();
  await page.getByLabel("New stop, dollars").fill("0.05");
  expect(await page.getByRole("button", { name: "Raise the stop and go on" }).isDisabled()).toBe(true);
  await page.getByLabel("New stop, dollars").fill("0.1");
  await page.getByRole("button", { name: "Raise the stop and go on" }).click();
  await page
    .getByText(/leaves no room for one more image/)
    .first()
    .waitFor();
  await page.getByText(/The run reached its stop at \$0\.100\./).waitFor();
  await page.getByRole("button", { name: "Finish here" }).click();
  await page.getByText("The run reached its stop").waitFor({ state: "detached" });
  expect(await sessionRow(drafts[1])).toMatchObject({ state: "cancelled", budget: 100_000 });
});

test("a result's settings start a draft that is asked for the same", async () => {
  const page = await open("a paid result");
  await page.getByRole("cell", { name: "1024 × 1024" }).waitFor();
  await page.getByRole("button", { name: "Use these settings" }).click();
  await page.getByRole("heading", { name: "Bulk Input List" }).waitFor();
  await page.getByRole("radio", { name: "Production", checked: true }).waitFor();
  expect(await page.getByRole("textbox", { name: "Prompt" }).inputValue()).toBe(
    "a seamless light-grey studio",
  );
  expect(person.complaints).toEqual([]);
});
