import { existsSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import bundled from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import type { CookieJar } from "@/scripts/testing/cookie-jar";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const INSTALLED = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** A Chromium that is there already, else the one that came through npm. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = INSTALLED.find((path) => existsSync(path)) ?? (await bundled.executablePath());
  return chromium.launch({ executablePath, args: ARGS });
}

/** A person's browser: what it complained about is kept. */
export async function newPerson(
  browser: Browser,
  { width = 1440, height = 900, scheme = "light" as "light" | "dark" } = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    acceptDownloads: true,
  });
  // Other tests compute meanwhile: a limit is there to end what hangs, not to measure.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
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
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    .withTags(WCAG)
    // No page holds a frame: what it finds need not be put together in a second, blank page.
    .setLegacyMode()
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
  expect(found, what).toEqual([]);
}
