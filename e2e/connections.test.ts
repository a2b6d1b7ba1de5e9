import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { startPostgres } from "@/scripts/postgres.mjs";
import { newUser } from "@/scripts/testing/factories";
import { closePages, cookieOf, expectAccessible, newPerson, openBrowser } from "./browser";
import { joinDatabase } from "./owned-sessions";
import { signInWithPassword } from "./sign-in";

// A person brings a key and a server of their own: added, refused, put right, limited, revoked. The key is looked for
// everywhere afterwards.

const WRONG = "sk-e2e-wrong-5b1c7a90-WRNG";
const RIGHT = "sk-e2e-right-93fd20e1-WXYZ";
const address = inject("address");
const dataDir = inject("appDataDir");
let userId: string;
let browser: Browser;
let page: Page;
let complaints: string[];
let server: Server;
const seenKeys: string[] = [];
const answers: Promise<string>[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const key = request.headers.authorization?.replace("Bearer ", "") ?? "";
    seenKeys.push(key);
    response.setHeader("content-type", "application/json");
    if (key === RIGHT)
      response.end(JSON.stringify({ data: [{ id: "gpt-image-2" }, { id: "gpt-image-2.5-flare" }] }));
    else
      response
        .writeHead(401)
        .end(JSON.stringify({ error: { message: `Incorrect API key provided: ${key}` } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await joinDatabase({ address, dataDir, databaseUrl });
  const { jar, id } = await signInWithPassword(address, newUser);
  userId = id;
  browser = await openBrowser();
  const person = await newPerson(browser);
  await person.context.addCookies([{ ...cookieOf(jar), url: address }]);
  ({ page, complaints } = person);
  page.on("response", (response) => {
    answers.push(response.text().catch(() => ""));
  });
  await page.goto(address);
});
afterAll(async () => {
  await closePages();
  await closeDb();
  server.close();
});

async function databaseUrl(): Promise<string> {
  return (await startPostgres({ dataDir })).url;
}

function serverAddress(): string {
  const at = server.address();
  return `http://127.0.0.1:${at && typeof at === "object" ? at.port : 0}/v1`;
}

const field = (name: string) => page.getByRole("textbox", { name, exact: true });
const button = (name: string) => page.getByRole("button", { name, exact: true });

test("Settings opens on the providers, and says what works without one", async () => {
  await page.getByRole("link", { name: "Settings" }).click();
  await page.waitForURL("**/settings/provider");
  await page.getByText("The built-in model works without one").waitFor();
  await expectAccessible(page, "no provider yet");
});

test("an address that is none is told beside its field, and nothing is lost", async () => {
  await button("Add connection").focus();
  await page.keyboard.press("Enter");
  await field("Name").fill("Team key");
  await field("Address").fill("https://me:secret@images.example.com/v1");
  await page.getByLabel("Key", { exact: true }).fill(WRONG);
  await page.keyboard.press("Enter");
  await page.getByText("Put the key into its own field").first().waitFor();
  await expectAccessible(page, "a refused address");
  expect(await page.getByLabel("Key", { exact: true }).inputValue()).toBe(WRONG);
  expect(await field("Name").inputValue()).toBe("Team key");
});

test("a wrong key is told by the test, and put right", async () => {
  await field("Address").fill(serverAddress());
  await button("Add and test").click();
  await page.getByText("refuses this key").waitFor();
  await page.getByText("Does not work").waitFor();
  await button("Change Team key").click();
  await page.getByLabel("Key", { exact: true }).fill(RIGHT);
  await button("Save and test").click();
  await page.getByText("It works. The server names 2 models.").waitFor();
  await page.getByText("key …WXYZ").waitFor();
  await expectAccessible(page, "a connection that works");
  expect(seenKeys).toEqual([WRONG, RIGHT]);
});

test("the server's address can't be changed without the key", async () => {
  await button("Change Team key").click();
  await field("Address").fill("https://collector.example.com/v1");
  await button("Save and test").click();
  await page.getByText("Put the key in again").first().waitFor();
  await button("Cancel").click();
  await button("Test Team key").click();
  await page.getByText("It works").waitFor();
  expect(seenKeys.slice(2)).toEqual([RIGHT]);
});

test("limits are set, shown with who said so, and learned again", async () => {
  await page.getByText("until the provider says more").waitFor();
  await button("Change limits of Team key").click();
  await field("Images a minute").fill("150");
  await expectAccessible(page, "limits");
  await button("Save limits").click();
  await page.getByText("150 · set by you").waitFor();
  await button("Change limits of Team key").click();
  await button("Learn by itself again").click();
  await page.getByText("until the provider says more").waitFor();
});

test("the key is in no answer, page, log or row", async () => {
  await page.reload();
  await page.getByText("key …WXYZ").waitFor();
  const logs = join(dataDir, "logs");
  const client = postgres(await databaseUrl(), { max: 1 });
  const rows = await client`
    select row_to_json(c)::text as row from connections c
    union all select row_to_json(a)::text from audit a
    union all select row_to_json(j)::text from graphile_worker._private_jobs j`;
  await client.end();
  const naming = [await Promise.all(answers), [await page.content()], rows.map(({ row }) => String(row))];
  // The search finds what is there.
  for (const texts of naming) expect(texts.some((text) => text.includes("Team key"))).toBe(true);
  const said = [...naming.flat(), ...readdirSync(logs).map((name) => readFileSync(join(logs, name), "utf8"))];
  for (const key of [WRONG, RIGHT]) {
    const parts = [key, key.slice(0, -4), Buffer.from(key).toString("base64"), encodeURIComponent(key)];
    expect(said.filter((text) => parts.some((part) => text.includes(part)))).toEqual([]);
  }
});

test("revoking says what stops, erases the key and goes back to the start", async () => {
  await button("Revoke Team key").click();
  await page.getByText("Its key is erased at once").waitFor();
  await expectAccessible(page, "revoke");
  await button("Keep it").click();
  await button("Revoke Team key").click();
  await button("Revoke connection").click();
  await page.getByText("“Team key” is revoked and its key erased.").first().waitFor();
  await page.getByText("No provider yet").waitFor();
  const client = postgres(await databaseUrl(), { max: 1 });
  const rows = await client`
    select sealed_key, key_last4, revoked_at is not null as revoked from connections where owner_id = ${userId}`;
  await client.end();
  expect(rows).toEqual([{ sealed_key: null, key_last4: null, revoked: true }]);
  expect(complaints).toEqual([]);
});
