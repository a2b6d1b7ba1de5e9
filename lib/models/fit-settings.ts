import { DEFAULT_PROVIDER } from "@/lib/sessions/constants";
import type { ProviderSettings, SessionSettings } from "@/lib/sessions/types";
import { sizeOf, sizeTrouble } from "./check-size";
import type { Capabilities } from "./types";

type Quality = ProviderSettings["quality"];

/** From the cheapest to the best. */
const RANKS: readonly Quality[] = ["low", "medium", "high", "xhigh", "max"];

/**
 * What is asked of a model out of what was entered, perhaps for another one: what it lacks falls back to what stands
 * for "nothing said", a quality it lacks to the next lower one it has. Equal wishes so give equal calls.
 */
export function fitSettings(entered: SessionSettings, capabilities: Capabilities): SessionSettings {
  const { provider } = entered;
  return {
    ...entered,
    lane: capabilities.economy ? entered.lane : "live",
    provider: {
      quality: fitQuality(provider.quality, capabilities.qualities),
      size: fitSize(provider.size, capabilities.sizes),
      background: capabilities.backgrounds.includes(provider.background) ? provider.background : "auto",
      moderation: capabilities.moderation ? provider.moderation : DEFAULT_PROVIDER.moderation,
      complexity: capabilities.complexity ? provider.complexity : null,
      seed: capabilities.seed ? provider.seed : null,
      negativePrompt: capabilities.negativePrompt ? provider.negativePrompt : "",
      steps: capabilities.steps ? provider.steps : null,
    },
  };
}

function fitQuality(wanted: Quality, offered: readonly Quality[]): Quality {
  if (offered.length === 0) return DEFAULT_PROVIDER.quality;
  if (offered.includes(wanted)) return wanted;
  const below = RANKS.slice(0, RANKS.indexOf(wanted) + 1).findLast((one) => offered.includes(one));
  return below ?? RANKS.find((one) => offered.includes(one)) ?? "auto";
}

function fitSize(wanted: ProviderSettings["size"], rule: Capabilities["sizes"]): ProviderSettings["size"] {
  const size = sizeOf(wanted);
  if (!size) return wanted;
  switch (rule.kind) {
    case "output":
      return DEFAULT_PROVIDER.size;
    case "presets":
      return rule.presets.includes(wanted) ? wanted : DEFAULT_PROVIDER.size;
    case "free":
      return sizeTrouble(rule, size) === null ? wanted : DEFAULT_PROVIDER.size;
  }
}
