import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const THEMES = ["light", "dark"] as const;
const GROUNDS = ["canvas", "surface", "raised", "sunken"] as const;
const TONES = ["ok", "run", "warn", "err", "idle", "pilot"] as const;

describe.each(THEMES)("tokens, %s", (theme) => {
  const tokens = readTokens(theme);
  const ratio = (a: string, b: string) => contrast(luminance(pick(tokens, a)), luminance(pick(tokens, b)));

  test.each(["ink", "ink-2", "ink-3", "accent", "err"])("%s is readable on every ground", (text) => {
    for (const ground of GROUNDS) expect(ratio(text, ground), ground).toBeGreaterThanOrEqual(4.5);
  });

  test.each(TONES)("a pill in %s is readable on its own ground", (tone) => {
    expect(ratio(tone, `${tone}-bg`)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["ink", "ink-2"])("%s is readable on a quiet fill", (text) => {
    expect(ratio(text, "idle-bg")).toBeGreaterThanOrEqual(4.5);
  });

  test("words on ink and on accent are readable", () => {
    expect(ratio("on-ink", "ink")).toBeGreaterThanOrEqual(4.5);
    expect(ratio("on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["focus", "line-strong", "run", "ok", "err"])("%s is seen as a line on every ground", (line) => {
    for (const ground of GROUNDS) expect(ratio(line, ground), ground).toBeGreaterThanOrEqual(3);
  });

  test("surfaces and text have no chroma, so they do not tint the pictures", () => {
    const greys = [...GROUNDS, "line", "line-strong", "ink", "ink-2", "ink-3", "on-ink"];
    for (const name of greys) expect(pick(tokens, name).chroma, name).toBe(0);
  });

  test("every colour is inside sRGB", () => {
    for (const [name, colour] of tokens) {
      for (const channel of linearRgb(colour)) {
        expect(channel, name).toBeGreaterThan(-0.002);
        expect(channel, name).toBeLessThan(1.002);
      }
    }
  });
});

type Oklch = { lightness: number; chroma: number; hue: number };

function readTokens(theme: (typeof THEMES)[number]): Map<string, Oklch> {
  const pairs = css.matchAll(/--color-([\w-]+): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)/g);
  return new Map(
    [...pairs]
      .filter(([, name]) => name !== "scrim")
      .map(([, name = "", light = "", dark = ""]) => [name, parse(theme === "light" ? light : dark)]),
  );
}

function parse(text: string): Oklch {
  const [lightness = Number.NaN, chroma = Number.NaN, hue = Number.NaN] = text
    .replace(/oklch\(|\)/g, "")
    .split(" ")
    .map(Number);
  return { lightness, chroma, hue };
}

function pick(tokens: Map<string, Oklch>, name: string): Oklch {
  const colour = tokens.get(name);
  if (!colour) throw new Error(`no token ${name}`);
  return colour;
}

// Oklab to linear sRGB: Björn Ottosson, "A perceptual color space for image processing" (2020).
function linearRgb({ lightness, chroma, hue }: Oklch): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

// WCAG 2.2 relative luminance and contrast ratio.
function luminance(colour: Oklch): number {
  const [red, green, blue] = linearRgb(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
