import type { Capabilities, SizeRule } from "../../types";

/** What the provider documents for custom sizes; beyond 2560 x 1440 it calls them experimental. */
const CUSTOM_SIZES: SizeRule = {
  kind: "free",
  presets: [
    "1024x1024",
    "1536x1024",
    "1024x1536",
    "1536x864",
    "864x1536",
    "2048x2048",
    "2560x1440",
    "3840x2160",
  ],
  multiple: 16,
  maxEdge: 3840,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
};

export const OPENAI_CAPABILITIES: Capabilities = {
  edits: true,
  textToImage: true,
  seed: false,
  negativePrompt: false,
  steps: false,
  mask: true,
  maxPromptChars: 32_000,
  maxInputs: 16,
  paid: true,
  qualities: ["auto", "low", "medium", "high", "xhigh", "max"],
  sizes: CUSTOM_SIZES,
  backgrounds: ["auto", "opaque", "transparent"],
  moderation: true,
  complexity: false,
  formats: ["png", "jpeg", "webp"],
  economy: false,
};

/** A server of one's own: nothing is paid, and it has a seed, a negative prompt and a number of steps. */
export const SERVER_CAPABILITIES: Capabilities = {
  edits: true,
  textToImage: true,
  seed: true,
  negativePrompt: true,
  steps: true,
  mask: true,
  maxPromptChars: 32_000,
  maxInputs: 4,
  paid: false,
  qualities: [],
  sizes: {
    kind: "free",
    presets: ["512x512", "768x768", "1024x1024", "1536x1024", "1024x1536"],
    multiple: 16,
    maxEdge: 2048,
    maxRatio: 4,
    minPixels: 65_536,
    maxPixels: 4_194_304,
  },
  backgrounds: [],
  moderation: false,
  complexity: false,
  formats: ["png", "jpeg", "webp"],
  economy: false,
};
