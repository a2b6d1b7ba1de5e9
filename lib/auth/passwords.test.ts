import { hash } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import { hashPassword, isOutdated, verifyPassword } from "./passwords";

describe("passwords", () => {
  it("are argon2id with 19 MiB, two passes, one lane, and a salt of their own", async () => {
    const [first, second] = await Promise.all([
      hashPassword("kontor lampa 77"),
      hashPassword("kontor lampa 77"),
    ]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  it("differ when only characters past the 72nd differ", async () => {
    const stored = await hashPassword(`${"a".repeat(72)}12345678`);
    expect(await verifyPassword(`${"a".repeat(72)}12345679`, stored)).toBe(false);
    expect(await verifyPassword(`${"a".repeat(72)}12345678`, stored)).toBe(true);
  });

  it("fit however the keyboard spells the same characters", async () => {
    const stored = await hashPassword("ka\u0301va a z\u0301ubr");
    expect(await verifyPassword("k\u00e1va a \u017aubr", stored)).toBe(true);
  });

  it("never fit an account without one", async () => {
    expect(await verifyPassword("no account has this password", null)).toBe(false);
  });

  it("are outdated when made with less memory, fewer passes or another algorithm", async () => {
    expect(isOutdated(await hashPassword("kontor lampa 77"))).toBe(false);
    expect(isOutdated(await hash("x", { memoryCost: 9_216, timeCost: 2, parallelism: 1 }))).toBe(true);
    expect(isOutdated(await hash("x", { memoryCost: 19_456, timeCost: 1, parallelism: 1 }))).toBe(true);
    expect(isOutdated("$2b$10$abcdefghijklmnopqrstuv")).toBe(true);
  });
});
