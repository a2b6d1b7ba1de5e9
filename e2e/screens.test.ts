import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { createConnection } from "@/lib/connections/mutations/edit-connections";
import { saveRecipe } from "@/lib/recipes/mutations/save-recipe";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { createShare } from "@/lib/shares/mutations/create-share";
import { setMonthlyBudget } from "@/lib/usage/mutations/set-monthly-budget";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { addTry, newPaidSession } from "@/scripts/testing/paid-tries";
import { closePages, cookieOf, expectAccessible, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { paidStates } from "./paid-sessions";
import { drawPhotos } from "./photos";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

// Every screen, light and dark, wide and phone: no WCAG 2.2 AA violation, nothing sticks out, nothing complains.

const address = inject("address");
const dataDir = inject("appDataDir");
let browser: Browser;
let cookie: { name: string; value: string };
let paths: Record<string, string>;

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  browser = await openBrowser();
  const { jar, id: userId } = await signInWithPassword(address, newUser);
  cookie = cookieOf(jar);
  const client = new SheetClient(address, jar);
  const [draft, finished, failed, ...forMoney] = await Promise.all([
    newSession(client, { userId, prompt: "sepia" }),
    newSession(client, { userId, prompt: "black and white" }),
    newSession(client, { userId, prompt: "add a hat to everybody" }),
    newSession(client, { userId, prompt: "a seamless light-grey studio" }),
    newSession(client, { userId, prompt: "a beach in the evening" }),
    newSession(client, { userId, prompt: "a forest" }),
  ]);
  for (const sessionId of [finished, failed]) {
    await startSession({ userId, sessionId });
    await client.untilFinished(sessionId);
  }
  await createConnection({
    userId,
    label: "Cellar",
    dialect: "sd-server",
    address: "https://images.example.com/v1",
    apiKey: "",
  });
  await spendMoney(userId);
  await saveRecipe({
    userId,
    sessionId: finished,
    name: "a-name-without-a-place-to-break-and-on-and-on-and-on",
  });
  await saveRecipe({ userId, sessionId: failed, name: "Hats" });
  const share = await createShare({
    userId,
    sessionId: finished,
    options: { names: true, originals: true, prompts: true, download: true },
    expiresInDays: 7,
  });
  if (!share.ok) throw new Error(share.words);
  paths = {
    "sign-in": "/sign-in",
    "sign-up": "/sign-up",
    sessions: "/sessions",
    "an empty filter": "/sessions?show=running",
    "new session": "/sessions/new",
    "new session from a recipe": "/sessions/new?from=recipe",
    "new session from another": "/sessions/new?app=serial&from=session",
    recipes: "/recipes",
    "recipes, none found": "/recipes?q=zebra",
    draft: `/sessions/${draft}`,
    finished: `/sessions/${finished}`,
    failed: `/sessions/${failed}`,
    ...(await paidStates(userId, forMoney)),
    usage: "/usage",
    "usage of a year": "/usage?from=2025-12-01&to=2026-11-30",
    "usage of nothing": "/usage?from=2020-01-01&to=2020-01-31",
    share: new URL(share.value.url).pathname,
    providers: "/settings/provider",
    team: "/settings/team",
    "a session that is not there": `/sessions/${randomUUID()}`,
  };
});
afterAll(async () => {
  await closePages();
  await closeDb();
});

async function newSession(client: SheetClient, { userId, prompt }: { userId: string; prompt: string }) {
  const { id } = await createSession({
    userId,
    intent: randomUUID(),
    prompt,
    name: `Session with ${prompt}`,
  });
  const files = [
    ...(await drawPhotos(5)),
    {
      name: "a-very-long-name-that-has-no-place-to-break-and-goes-on-and-on-and-on.jpg",
      bytes: Buffer.from("no"),
    },
  ];
  await client.upload(id, files);
  await client.untilProbed(id, files.length);
  return id;
}

/** Something of everything the usage page tells, with the month nearly at its stop. */
async function spendMoney(userId: string) {
  const session = await newPaidSession({
    ownerId: userId,
    name: "a-name-without-a-place-to-break-and-on-and-on",
  });
  const models = ["gpt-image-2", "gpt-image-2-mini", "sd-3.5-large", "flux", "a-very-long-name-of-a-model"];
  for (const [i, model] of models.entries()) {
    const startedAt = new Date(Date.now() - i * 86_400_000);
    await addTry(session, { model, startedAt, cost: 1_234_567, approved: true });
    await addTry(session, { model, startedAt, outcome: "blocked", charge: i % 2 ? "none" : "charged" });
    await addTry(session, { model, startedAt, outcome: "lost", charge: "maybe" });
  }
  await setMonthlyBudget({ userId, budget: 7_000_000 });
}

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const NARROWEST = { width: 320, height: 640 };

// Each screen is loaded once; its light and its width change before the eyes of the person, as they may. Another width
// lays all of it out anew, so it changes as seldom as possible.
const LOOKS = [
  { scheme: "light", size: WIDE },
  { scheme: "dark", size: WIDE },
  { scheme: "dark", size: PHONE },
  { scheme: "light", size: PHONE },
  { scheme: "light", size: NARROWEST },
] as const;

/** Two people share the screens: one waits for a page to come to rest while the other's is looked at. */
test.concurrent.each([0, 1])(
  "every screen is accessible and fits, light and dark, from phone to wide",
  async (half) => {
    const { context, page, complaints } = await newPerson(browser, WIDE);
    for (const [what, path] of Object.entries(paths).filter((_, at) => at % 2 === half)) {
      await context.clearCookies();
      if (!isPublic(what)) await context.addCookies([{ ...cookie, url: address }]);
      await lookLike(page, LOOKS[0]);
      await page.goto(address + path);
      await page.locator("h1, h2").first().waitFor();
      // A run that goes on is asked for again and again, and on a slow machine never rests.
      await page.waitForLoadState("networkidle", { timeout: 30_000 }).catch(() => undefined);
      for (const look of LOOKS) {
        await lookLike(page, look);
        await expectAccessible(page, `${what}, ${look.scheme}, ${look.size.width}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${what} is wider than ${look.size.width}`).toBeLessThanOrEqual(0);
      }
    }
    expect(complaints).toEqual([]);
    await context.close();
  },
);

function isPublic(what: string): boolean {
  return what === "share" || what.startsWith("sign");
}

/** Also waits until what follows the change has been drawn. */
async function lookLike(page: Page, { scheme, size }: (typeof LOOKS)[number]) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize(size);
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null)))),
  );
}
