import { buffer } from "node:stream/consumers";
import axe from "axe-core";
import {
  type APIRequestContext,
  type APIResponse,
  type Browser,
  type BrowserContext,
  chromium,
  type Download,
  type Page,
} from "playwright-core";
import { expect } from "vitest";
import type { CookieJar } from "@/scripts/testing/cookie-jar";
import { PATIENCE_MS } from "@/scripts/testing/patience.mjs";
import { findChromium } from "./chromium";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let running: Promise<Browser> | undefined;

/** The Chromium of all test files that share this process, with which it ends. */
export function openBrowser(): Promise<Browser> {
  running ??= launch();
  return running;
}

async function launch() {
  return chromium.launch({ executablePath: await findChromium(), args: ARGS });
}

/** Closes what a test file opened, and leaves the browser to the next. */
export async function closePages(): Promise<void> {
  const contexts = (await running)?.contexts() ?? [];
  await Promise.all(contexts.map((context) => context.close()));
}

/** What the person gets of an address. A kept connection that the server closed at this moment is opened anew. */
export function getAs(
  { request }: { request: APIRequestContext },
  url: string,
  options: { headers?: Record<string, string> } = {},
): Promise<APIResponse> {
  return request.get(url, { ...options, maxRetries: 2 });
}

export async function bytesOf(download: Download): Promise<Buffer> {
  return buffer(await download.createReadStream());
}

/** A person's browser: what it complained about is kept. */
export async function newPerson(
  browser: Browser,
  { width = 1440, height = 900, scheme = "light" as "light" | "dark", motion = false } = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    acceptDownloads: true,
    // What moves is drawn sixty times a second, by the cores the tests compute with.
    reducedMotion: motion ? "no-preference" : "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const { goto, reload } = page;
  page.goto = async (...given) => {
    const response = await goto.apply(page, given);
    await untilAlive(page);
    return response;
  };
  page.reload = async (...given) => {
    const response = await reload.apply(page, given);
    await untilAlive(page);
    return response;
  };
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // Chromium's own line about an answer with an error status says nothing about the page.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      complaints.push(message.text());
    }
  });
  return { context, page, complaints };
}

/** What is pressed before the page's own code is there goes nowhere, and a busy machine is slow to load it. */
async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button")].every((button) =>
      Object.keys(button).some((key) => key.startsWith("__reactProps$")),
    ),
  );
}

/** The cookie that signs in, as a browser takes it. */
export function cookieOf(jar: CookieJar): { name: string; value: string } {
  const pairs = jar.header().split("; ");
  const [name = "", value = ""] = pairs.find((one) => one.includes("session-token"))?.split("=") ?? [];
  return { name, value };
}

/** No WCAG 2.2 AA violation in what is shown once it stands still: colours half faded in are nobody's colours. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" || !Number.isFinite(effect?.getComputedTiming().endTime),
      ),
  );
  // It stays in the page: of a screen in five looks, the most work would else be to read it in again.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }));
  }, WCAG);
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
  expect(found, what).toEqual([]);
}
