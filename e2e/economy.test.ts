import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { closeDb } from "@/db";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { createSession } from "@/lib/sessions/mutations/create-session";
import type { SessionSettings } from "@/lib/sessions/types";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import { closePages, cookieOf, expectAccessible, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { doAction } from "./server-actions";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

// The half-price lane in a real browser, against a provider on this machine that makes batches as it is told to.

const address = inject("address");
const dataDir = inject("appDataDir");
let browser: Browser;
const fakes: FakeProvider[] = [];

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
});
afterAll(async () => {
  await closePages();
  await closeDb();
  await Promise.all(fakes.map((fake) => fake.close()));
});

const ECONOMY = "Within 24 hours, half the price";

/** Somebody with a session of ready images, shown in a browser, and a provider of their own. */
async function newSession({ lane, photos }: { lane: SessionSettings["lane"]; photos: number }) {
  const fake = await startFakeProvider({ pictures: "cheap" });
  fakes.push(fake);
  const { jar, id: userId } = await signInWithPassword(address, newUser);
  const client = new SheetClient(address, jar);
  const given = {
    label: "Studio account",
    dialect: "openai",
    address: fake.baseUrl,
    apiKey: fake.key ?? "",
  };
  const value = z.object({ id: z.uuid() });
  const { id: connection } = await doAction(address, {
    name: "createConnectionAction",
    jar,
    input: given,
    value,
  });
  const { id: sessionId } = await createSession({
    userId,
    intent: randomUUID(),
    prompt: "a beach",
    settings: {
      ...DEFAULT_SETTINGS,
      connection,
      lane,
      model: "gpt-image-2.5-flare",
      provider: { ...DEFAULT_PROVIDER, size: "1024x1024", quality: "low" },
    },
  });
  await client.upload(sessionId, await drawPhotos(photos));
  await client.untilProbed(sessionId, photos);
  const { context, page, complaints } = await newPerson(browser);
  await context.addCookies([{ ...cookieOf(jar), url: address }]);
  return {
    fake,
    page,
    complaints,
    button: (name: string | RegExp) => page.getByRole("button", { name }),
    radio: (name: string, checked: boolean) => page.getByRole("radio", { name, checked }),
    async start() {
      await doAction(address, { name: "startSessionAction", jar, input: { sessionId }, value: z.unknown() });
    },
    open: () => page.goto(`${address}/sessions/${sessionId}`),
  };
}

test.concurrent("a draft waits for half the price; its batch ends, and its results are downloaded", async () => {
  const { fake, page, complaints, button, radio, open } = await newSession({ lane: "live", photos: 4 });
  await open();
  await radio("Now", true).waitFor();
  const cost = page.getByText(/^\$[\d.]+ · /);
  const [full = ""] = (await cost.textContent())?.split(" · ") ?? [];
  await radio(ECONOMY, false).click();
  await page.getByText(/^\$[\d.]+ · within 24 hours$/).waitFor();
  await page.getByText(`Now it would cost ${full}.`).waitFor();

  await chooseModel(page, "Home");
  await page.getByText(/^Studio.* has no half-price lane: these images are made now/).waitFor();
  expect(await page.getByRole("group", { name: "When" }).count()).toBe(0);
  await chooseModel(page, "ArrowDown");
  await radio(ECONOMY, true).waitFor();
  await expectAccessible(page, "an economy draft");

  fake.planBatches({ end: "stays", lines: 2 });
  await button("Start 4").click();
  await page.getByText("1 batch at the provider, 2 of 4 done. It is due by").waitFor();
  await page
    .getByText(/^In a batch since \d\d:\d\d$/)
    .first()
    .waitFor();
  await expectAccessible(page, "a batch at the provider");
  await button("Pause").click();
  await page.getByText("Batches at the provider go on: 4 images will come back from them.").waitFor();
  await button("Resume").click();

  const [batch] = fake.batches();
  fake.replan(batch?.id ?? "", { end: "completed" });
  await button("Completed 4").waitFor();
  await page.getByText("Half-price lane: Nothing is left in it.").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), button("Download All (4)").click()]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  expect(complaints).toEqual([]);
});

test.concurrent("one image goes on now at the full price, and then all that is left does; nothing is made twice", async () => {
  const { fake, page, complaints, button, start, open } = await newSession({ lane: "economy", photos: 3 });
  fake.planBatches({ end: "stays", lines: 1 }, { end: "stays", lines: 0 });
  await start();
  await open();
  await page.getByText("1 batch at the provider, 1 of 3 done.").waitFor();

  await page.locator("[data-tile]").last().focus();
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "Make 1 image now at the full price?" });
  await dialog.getByText("It is in a batch, which is cancelled at the provider").waitFor();
  await expectAccessible(page, "one image goes on now");
  await dialog.getByRole("button", { name: /^Make it now · \$/ }).click();
  await button("Completed 2").waitFor();
  await page.getByText("1 batch at the provider, 0 of 1 done.").waitFor();

  await button("Go on now at the full price…").click();
  await page.getByText("1 image is in 1 batch, which is cancelled at the provider").waitFor();
  await button(/^Go on now · \$/).click();
  await button("Completed 3").waitFor();
  await page.getByText("Half-price lane: Nothing is left in it.").waitFor();
  expect(await page.locator("[data-tile]:focus").count()).toBe(1);
  expect(fake.imageCalls()).toHaveLength(3);
  expect(complaints).toEqual([]);
});

test.concurrent("a provider that takes no batches of the model stops the run, which goes on now when that is chosen", async () => {
  const { fake, page, complaints, button, start, open } = await newSession({ lane: "economy", photos: 1 });
  fake.control({ batchModels: [] });
  await start();
  await open();
  await page.getByText("The provider makes no batches of this model.").waitFor();
  await expectAccessible(page, "no batches of this model");
  await button("Go on now at the full price…").click();
  await button(/^Go on now · \$/).click();
  await button("Completed 1").waitFor();
  expect(complaints).toEqual([]);
});

/** With keys alone; the list opens at the model that is chosen. */
async function chooseModel(page: Page, key: "Home" | "ArrowDown") {
  await page.getByRole("combobox", { name: "Model" }).focus();
  await page.keyboard.press("Enter");
  await page.locator('[role="option"][data-state="checked"][data-highlighted]').waitFor();
  await page.keyboard.press(key);
  await page.locator('[role="option"][data-state="unchecked"][data-highlighted]').waitFor();
  await page.keyboard.press("Enter");
}
