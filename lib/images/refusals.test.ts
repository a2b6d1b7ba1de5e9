import { describe, expect, it } from "vitest";
import { noticeWords, refusalParts, refusalWords } from "./refusals";
import { IMAGE_NOTICES, REFUSAL_CODES } from "./types";

describe("refusalWords", () => {
  it.each([
    [
      { code: "UNSUPPORTED_TYPE", facts: { found: "HEIC" } },
      '"a.jpg" is a HEIC file. JPG, PNG and WebP work. It was not added; your other files are fine. On iPhone, share it as Most Compatible, or export it as JPEG.',
    ],
    [
      { code: "TOO_LARGE", facts: { bytes: 71_200_000, limit: 50_000_000 } },
      '"a.jpg" is 71.2 MB; the limit is 50 MB. It was not added; your other files are fine. Make it smaller and add it again.',
    ],
    [
      { code: "TOO_MANY_PIXELS", facts: { width: 20_000, height: 20_000, limit: 100_000_000 } },
      '"a.jpg" has 20,000 × 20,000 pixels; the limit is 100 megapixels. It was not added; your other files are fine. Export it smaller and add it again.',
    ],
  ] as const)("says what happened, what was kept and what to do: %j", (refusal, words) => {
    expect(refusalWords(refusal, "a.jpg")).toBe(words);
  });

  it("never says more than the limit is exceeded by a hair", () => {
    const { happened } = refusalParts(
      { code: "TOO_LARGE", facts: { bytes: 50_000_001, limit: 50_000_000 } },
      "a",
    );
    expect(happened).toBe('"a" is 50.1 MB; the limit is 50 MB.');
  });

  it.each(REFUSAL_CODES)("has three plain parts for %s even without facts", (code) => {
    const parts = refusalParts({ code, facts: {} }, "a.jpg");
    for (const part of Object.values(parts)) expect(part).toMatch(/^["A-Z].*\.$/);
    expect(parts.happened).toContain('"a.jpg"');
    expect(Object.values(parts).join(" ")).not.toMatch(/please|sorry|oops|invalid|undefined|NaN|vips/i);
  });

  it.each(IMAGE_NOTICES)("has words for the notice %s", (notice) => {
    expect(noticeWords(notice)).toMatch(/^[A-Z0-9].*\.$/);
  });
});
