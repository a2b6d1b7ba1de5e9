import { describe, expect, it } from "vitest";
import { ModelError } from "@/lib/models/types";
import { describeFailure, restoreFailure } from "./failures";
import { replySchema } from "./messages";
import { minimalEnv } from "./pixel-child";

describe("an error", () => {
  const overTheBorder = (error: unknown) => {
    const sent = { kind: "failed", failure: describeFailure(error), rssBytes: 1 };
    const reply = replySchema.parse(JSON.parse(JSON.stringify(sent)));
    return reply.kind === "failed" ? restoreFailure(reply.failure) : null;
  };

  it("of the model keeps its class, code, words and facts between processes", () => {
    const error = new ModelError("bad_request", "It can do this.", {
      details: "no",
      retryAfterMs: 5,
      charge: "none",
    });
    const restored = overTheBorder(error);
    expect(restored).toBeInstanceOf(ModelError);
    expect(restored).toEqual(error);
    expect(restored).toMatchObject({ code: error.code, words: error.words, extra: error.extra });
  });

  it("of the system keeps its code", () => {
    const full = Object.assign(new Error("no space left"), { code: "ENOSPC" });
    expect(overTheBorder(full)).toMatchObject({ message: "no space left", code: "ENOSPC" });
    expect(overTheBorder("odd")).toMatchObject({ message: "odd" });
  });
});

describe("a reply", () => {
  const image = {
    sha256: "a".repeat(64),
    bytes: 1,
    width: 1,
    height: 1,
    format: "png",
    alpha: false,
    thumbhash: "AA==",
    phash: "0".repeat(16),
    notices: [],
    keep: "/x",
    thumbs: [{ size: 256, path: "/t" }],
  };
  const probed = (changes: object) => ({
    kind: "probed",
    rssBytes: 1,
    result: { ok: true, image: { ...image, ...changes } },
  });

  it("of the right shape is taken", () => {
    expect(replySchema.safeParse(probed({})).success).toBe(true);
  });

  it.each([
    { sha256: "../../etc" },
    { width: -1 },
    { format: "svg" },
    { thumbs: [{ size: 999, path: "/t" }] },
  ])("with %j is not", (changes) => {
    expect(replySchema.safeParse(probed(changes)).success).toBe(false);
  });
});

describe("minimalEnv", () => {
  it("passes on what a process needs and no secret", () => {
    const env = minimalEnv({
      NODE_ENV: "production",
      PATH: "/bin",
      DATABASE_URL: "postgres://secret",
      NEXTAUTH_SECRET: "secret",
      OPENAI_API_KEY: "secret",
      INNGEST_SIGNING_KEY: "secret",
    });
    expect(env).toMatchObject({ PATH: "/bin", NODE_ENV: "production" });
    expect(JSON.stringify(env)).not.toContain("secret");
  });
});
