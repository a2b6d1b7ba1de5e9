import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { forgetEnv } from "@/lib/env";
import { canSeal, open, SealError, seal } from "./seal";

const before = { ...process.env };
const secret = "sk-test-ключ-4711";
const context = { ownerId: randomUUID(), id: randomUUID() };

function setKeys(now?: string, old?: string) {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://nowhere/none",
    NEXTAUTH_SECRET: "x".repeat(40),
    NEXTAUTH_URL: "http://localhost:3000",
    ENCRYPTION_KEY: now ?? "",
    ENCRYPTION_KEY_OLD: old ?? "",
  });
  forgetEnv();
}

beforeEach(() => setKeys(randomBytes(32).toString("base64url")));
afterAll(() => {
  process.env = before;
  forgetEnv();
});

test("what was sealed opens for its owner and id, and reads differently each time", () => {
  const [one, two] = [seal(secret, context), seal(secret, context)];
  expect(open(one, context)).toBe(secret);
  expect(one).not.toBe(two);
  expect(one).not.toContain("4711");
});

test.each([
  ["hex", (key: Buffer) => key.toString("hex")],
  ["base64", (key: Buffer) => key.toString("base64")],
  ["base64 without its end", (key: Buffer) => key.toString("base64").replace("=", "")],
  ["base64 for URLs", (key: Buffer) => key.toString("base64url")],
])("a key in %s is the same key", (_, format) => {
  const key = randomBytes(32);
  setKeys(key.toString("hex"));
  const sealed = seal(secret, context);
  setKeys(format(key));
  expect(open(sealed, context)).toBe(secret);
});

describe("nothing opens", () => {
  const refusals: [string, (sealed: string) => string, { ownerId: string; id: string }][] = [
    ["for another owner", (sealed) => sealed, { ...context, ownerId: randomUUID() }],
    ["in another row", (sealed) => sealed, { ...context, id: randomUUID() }],
    ["with owner and id swapped", (sealed) => sealed, { ownerId: context.id, id: context.ownerId }],
    ["when its text was changed", (sealed) => changeAt(sealed, 20), context],
    ["when its nonce was changed", (sealed) => changeAt(sealed, 0), context],
    ["when its tag was changed", (sealed) => changeAt(sealed, -1), context],
    ["when it was cut", (sealed) => sealed.slice(0, -8), context],
    ["when only its head is left", (sealed) => sealed.slice(0, 14), context],
    ["when its version is another", (sealed) => sealed.replace("v1.", "v2."), context],
    ["when something was added", (sealed) => `${sealed}.more`, context],
    ["when it is not sealed at all", () => secret, context],
  ];
  test.each(refusals)("%s", (_, change, who) => {
    const changed = change(seal(secret, context));
    expect(() => open(changed, who)).toThrow(SealError);
  });

  test("under another key", () => {
    const sealed = seal(secret, context);
    setKeys(randomBytes(32).toString("base64"));
    expect(() => open(sealed, context)).toThrow(SealError);
  });
});

test("the old key still opens what it sealed, and nothing new is sealed with it", () => {
  const [old, now] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
  setKeys(old);
  const sealed = seal(secret, context);
  setKeys(now, old);
  expect(open(sealed, context)).toBe(secret);
  const sealedNow = seal(secret, context);
  setKeys(now);
  expect(open(sealedNow, context)).toBe(secret);
});

test("without a key nothing is sealed", () => {
  setKeys();
  expect(canSeal()).toBe(false);
  expect(() => seal(secret, context)).toThrow(SealError);
});

/** Another byte at that place of the body. */
function changeAt(sealed: string, at: number): string {
  const [version, name, body = ""] = sealed.split(".");
  const bytes = Buffer.from(body, "base64url");
  const index = (at + bytes.length) % bytes.length;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return [version, name, bytes.toString("base64url")].join(".");
}
