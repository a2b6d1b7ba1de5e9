import type { SceneName } from "@/lib/models/studio/edit-plan";

type SceneWords = { words: string; shown: string; ground: boolean };

/**
 * Words for each scene, how the plan names it, and whether it has a ground on which the subject can throw a
 * contact shadow.
 */
export const SCENES: Record<SceneName, SceneWords> = {
  beach: {
    words:
      "beach,seaside,sea side,seashore,shore,coast,sandy beach,tropical beach,sunny beach,sea shore,beach scene",
    shown: "beach",
    ground: true,
  },
  forest: {
    words: "forest,woods,woodland,jungle,rainforest,trees,forest scene,green forest,lush forest",
    shown: "forest",
    ground: true,
  },
  sky: { words: "sky,blue sky,clouds,cloudy sky,cloud,heaven,blue skies", shown: "sky", ground: false },
  sunset: {
    words:
      "sunset,sunrise,golden hour,dusk,dawn,sun set,evening sky,sunset sky,sunset beach,beach sunset,sunset on beach,sunset at beach,beach at sunset,beach during sunset,sunset over ocean,sunset over sea",
    shown: "sunset",
    ground: false,
  },
  meadow: {
    words:
      "meadow,grass,field,lawn,garden,park,green field,green meadow,grassy field,flower meadow,flower field,green grass",
    shown: "meadow",
    ground: true,
  },
  snow: {
    words: "snow,winter,snowy landscape,winter landscape,snowy,snow landscape,winter wonderland,snowy field",
    shown: "snow",
    ground: true,
  },
  mountains: {
    words: "mountains,mountain,alps,mountain landscape,hills,mountain range,snowy mountains",
    shown: "mountains",
    ground: false,
  },
  city: {
    words: "city,street,downtown,urban,city street,town,skyline,cityscape",
    shown: "city",
    ground: true,
  },
  night: {
    words: "night,night sky,night city,city at night,night scene,city lights,night street,starry sky,stars",
    shown: "night",
    ground: false,
  },
  desert: { words: "desert,sand dunes,dunes,sahara", shown: "desert", ground: true },
  kitchen: { words: "kitchen,kitchen counter,kitchen worktop,kitchen table", shown: "kitchen", ground: true },
  "living-room": {
    words: "living room,lounge,sitting room,home interior,interior,apartment,bedroom",
    shown: "living room",
    ground: true,
  },
  "wood-table": {
    words:
      "wooden table,wood table,wooden desk,wood desk,wood,wooden surface,wood surface,wooden board,wooden floor,wooden,rustic table,rustic wood,oak table,desk,table,tabletop,table top,wooden tabletop",
    shown: "wooden table",
    ground: true,
  },
  marble: {
    words:
      "marble,marble table,marble top,marble surface,marble counter,marble countertop,white marble,marble slab,white marble table,marble tabletop",
    shown: "marble",
    ground: true,
  },
  water: { words: "water,ocean,sea,lake,river,pool,sea water,open water", shown: "water", ground: false },
};
