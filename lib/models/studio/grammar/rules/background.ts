import { type Backdrop, type Rgb, SCENE_NAMES } from "@/lib/models/studio/edit-plan";
import { between, mixColour } from "@/lib/models/studio/grammar/colour";
import type { Draft, Found, Rule } from "@/lib/models/studio/grammar/found";
import { SCENES } from "@/lib/models/studio/grammar/words/scenes";

const WHITE: Rgb = { r: 255, g: 255, b: 255 };
const STUDIO_GRAY: Rgb = { r: 226, g: 226, b: 228 };
const SHADE_TONES: Record<string, { rgb: Rgb; name: string }> = {
  dark: { rgb: { r: 38, g: 39, b: 42 }, name: "dark grey" },
  darker: { rgb: { r: 38, g: 39, b: 42 }, name: "dark grey" },
  deep: { rgb: { r: 38, g: 39, b: 42 }, name: "dark grey" },
  bright: { rgb: { r: 244, g: 244, b: 245 }, name: "bright" },
  light: { rgb: { r: 236, g: 236, b: 238 }, name: "light grey" },
};

const PLACES = [
  "GRADIENT from|of|between|in? COLOUR to|and|into COLOUR",
  "COLOUR to|and|into COLOUR GRADIENT",
  "COLOUR GRADIENT",
  "GRADIENT of|in COLOUR",
  "COLOUR|SHADE? STUDIO",
  "STUDIO in|of|on COLOUR",
  "COLOUR STUDIO STUDIO",
  "COLOUR|SHADE? SCENE",
  "SCENE with|at|during|in|and|on|by SCENE",
];
const BACKDROPS = [...PLACES, "TRANSPARENT", "COLOUR COLOURWORD?"];

/** Every way to write what stands behind the subject. */
export const BACKGROUND_RULES: Rule[] = [
  {
    at: "anywhere",
    say: [
      ...each(BACKDROPS, "CHANGE|REMOVE|PUT? BG to|into|with|by|for|as|of|in|on? * BG?"),
      ...each(BACKDROPS, "CHANGE|REMOVE BG of|in|behind|from IMG|NOUN to|into|with|by|for|as|at *"),
      ...each(BACKDROPS, "CHANGE|REMOVE IMG|NOUN BG to|into|with|by|for|as? *"),
      ...each(BACKDROPS, "CHANGE|PUT|ADD? IMG? with|on|in|against|to|onto|into|at|over|for? * BG|surface"),
      ...each(BACKDROPS, "PUT NOUN with|on|in|against|onto|into|at|over|before * BG|surface"),
      ...each(BACKDROPS, "fill BG with *"),
    ],
    whole: true,
    make: (found) => behind(found),
  },
  {
    at: "anywhere",
    say: [
      ...each(BACKDROPS, "CHANGE BG from COLOUR|SCENE|STUDIO to *"),
      ...each(BACKDROPS, "CHANGE BG COLOURWORD to *"),
      ...each(BACKDROPS, "CHANGE COLOUR|SCENE BG to|into|with|by|for *"),
    ],
    whole: true,
    make: (found) => behind(found, 1),
  },
  {
    say: [
      ...each(
        PLACES,
        "PUT IMG|NOUN? on|in|at|into|onto|against|over|inside|within|near|by|before|under|to|as * BG|setting?",
      ),
      ...each(PLACES, "PUT|CHANGE IMG|NOUN with *"),
      ...each(PLACES, "CHANGE IMG to|into|as *"),
      ...each(PLACES, "IMG|SUBJ? on|in|at|against|onto|near|by|before|during|inside|within * BG|setting?"),
      ...each(PLACES, "PUT|ADD? * behind|under|around IMG|NOUN"),
      ...each(PLACES, "IMG of IMG|NOUN on|in|at|against|with *"),
      "IMG of IMG|NOUN on|against COLOUR",
      "PUT IMG|NOUN? on|onto|against|over|before COLOUR",
      "IMG|SUBJ? on|against|onto|over COLOUR",
      "CHANGE|PUT IMG with|by|for COLOUR",
      "PUT|ADD? COLOUR behind IMG|NOUN",
      "KEEP BG COLOUR",
    ],
    whole: true,
    make: (found) => behind(found),
  },
  {
    say: [
      "CHANGE|PUT|ADD? IMG? into|to|as|with|for? COLOUR|SHADE? STUDIO",
      "CHANGE IMG COLOUR|SHADE STUDIO",
      "COLOUR|SHADE? STUDIO of|for IMG|NOUN",
      ...each(PLACES.slice(0, 4), "CHANGE|ADD? *"),
    ],
    make: (found) => behind(found),
  },
  {
    at: "alone",
    whole: true,
    say: ["SCENE", "SCENE with|at|during|in|and|on|by SCENE"],
    make: (found) => behind(found),
  },
  {
    at: "anywhere",
    say: ["CHANGE|PUT|ADD? IMG? with|on|against? SHADE BG", "CHANGE BG SHADE", "BG to? SHADE"],
    make: shadeBehind,
  },
  {
    at: "anywhere",
    say: [
      "REMOVE COLOUR|SCENE|BLUR|SHADE? BG",
      "REMOVE BG from|of|in|behind|on|around IMG|NOUN",
      "REMOVE IMG BG",
      "BG REMOVE",
      "REMOVE NOUN BG",
      "CUT IMG|NOUN? from|of|off|out BG",
      "no|without BG",
      "MAKE|CHANGE BG TRANSPARENT",
      "TRANSPARENT BG",
    ],
    make: () => [transparent()],
  },
  {
    say: [
      "CUT IMG|NOUN?",
      "CUT IMG|NOUN out",
      "CUT NOUN from|in|of IMG",
      "MAKE|CHANGE? IMG? TRANSPARENT",
      "IMG|SUBJ? with|on|as TRANSPARENT",
      "REMOVE everything|all except|but|around|behind|besides IMG|NOUN",
    ],
    make: () => [transparent()],
  },
  {
    at: "anywhere",
    say: ["for|on|to|ready? MARKET COLOUR BG", "COLOUR BG for|on MARKET"],
    make: (found) => [...behind(found), { op: "centre-subject", margin: 0.075 }],
  },
  {
    say: ["CHANGE|MAKE? IMG? for|on|to|ready|suitable? for? MARKET", "MARKET ready|photo|IMG"],
    make: () => [colourBehind({ rgb: WHITE, name: "white" }), { op: "centre-subject", margin: 0.075 }],
  },
];

function each(places: string[], pattern: string) {
  return places.map((place) => pattern.replace("*", place));
}

/** "Dark background" is a tone; "a darker background" changes the old one, which cannot be done. */
function shadeBehind(found: Found): Draft[] {
  const shade = found.value("SHADE") ?? "";
  const tone = shade.endsWith("er") ? undefined : SHADE_TONES[shade];
  return [tone ? colourBehind(tone) : { op: "refused" }];
}

function transparent(): Draft {
  return { op: "background", backdrop: { kind: "transparent" }, shadow: "none" };
}

function colourBehind(colour: { rgb: Rgb; name: string }): Draft {
  return {
    op: "background",
    backdrop: { kind: "colour", colour: colour.rgb, name: colour.name },
    shadow: "none",
  };
}

/** `skip`: colours and scenes of the old background that the sentence names first. */
function behind(found: Found, skip = 0): Draft[] {
  const colours =
    found.has("SCENE") && skip > 0 ? found.colours : found.colours.slice(found.colours.length > 1 ? skip : 0);
  if (found.has("GRADIENT")) return [{ op: "background", backdrop: gradient(colours), shadow: "none" }];
  if (found.has("STUDIO")) {
    const tone = colours[0] ?? SHADE_TONES[found.value("SHADE") ?? ""] ?? { rgb: STUDIO_GRAY, name: "" };
    return [
      { op: "background", backdrop: { kind: "studio", tone: tone.rgb, name: tone.name }, shadow: "contact" },
    ];
  }
  if (found.has("TRANSPARENT")) return [transparent()];
  const scenes = found.values("SCENE");
  if (scenes.length > 0 && !(skip > 0 && scenes.length === 1 && colours[0]))
    return scene(found, scenes, skip);
  const colour = colours[0];
  return colour ? [colourBehind(colour)] : [{ op: "refused" }];
}

function scene(found: Found, values: string[], skip: number): Draft[] {
  const [value, other] = values.length > 1 ? values.slice(skip) : values;
  const name = SCENE_NAMES.find((known) => known === value);
  if (!name) return [{ op: "refused" }];
  const { shown, ground } = SCENES[name];
  const drafts: Draft[] = [
    { op: "background", backdrop: { kind: "scene", scene: name }, shadow: ground ? "contact" : "none" },
  ];
  if (other !== undefined && other !== value)
    drafts.push({ op: "warning", text: `one place is drawn: ${shown}` });
  if (skip === 0 && (found.colours.length > 0 || found.has("SHADE"))) {
    drafts.push({ op: "warning", text: `the ${shown} is drawn in its own colours and light` });
  }
  return drafts;
}

function gradient(colours: { rgb: Rgb; name: string }[]): Backdrop {
  const [from = { rgb: STUDIO_GRAY, name: "grey" }, to] = colours;
  if (to) return { kind: "gradient", from: from.rgb, to: to.rgb, name: `${from.name} to ${to.name}` };
  return {
    kind: "gradient",
    from: from.rgb,
    to: between(mixColour(from.rgb, "light"), WHITE, 0.3),
    name: from.name,
  };
}
