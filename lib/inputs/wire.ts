import type { RefusalCode } from "@/lib/images/types";

/** One row of the Bulk Input List as the page holds it. */
export type InputRow = {
  id: string;
  position: number;
  state: "uploading" | "probing" | "ready" | "refused";
  name: string;
  /** Folder below the dropped one, '' at its top. */
  path: string;
  bytes: number;
  /** 0 until probed. */
  width: number;
  height: number;
  imageId: string | null;
  alpha: boolean;
  thumbhash: string | null;
  promptMode: "inherit" | "append" | "replace";
  /** First 200 characters of its own prompt; the whole text comes with GET /api/inputs/:id. */
  promptStart: string;
  excluded: boolean;
  removed: boolean;
  refusal: { code: RefusalCode; facts: Record<string, string | number> } | null;
  notices: string[];
  /** File's own last change, ms; recognises the file when its folder is chosen again. */
  modified: number | null;
};

/** A reference or mask. What belongs to no image of its own belongs to the whole session. */
export type AttachedRow = InputRow & { role: "reference" | "mask"; forInputId: string | null };

/** GET /api/sessions/:id/inputs/attached?since=N — 304 when nothing changed above revision N. */
export type AttachedAnswer = { revision: number; attached: AttachedRow[] };

/** A row without a picture, from whose prompt one is made. */
export function isPromptRow({ state, imageId }: Pick<InputRow, "state" | "imageId">): boolean {
  return state === "ready" && imageId === null;
}

export type InputTuple = readonly [
  id: string,
  position: number,
  state: 0 | 1 | 2 | 3,
  name: string,
  path: string,
  bytes: number,
  width: number,
  height: number,
  imageId: string | null,
  thumbhash: string | null,
  promptMode: 0 | 1 | 2,
  promptStart: string,
  /** bit 0 excluded, bit 1 removed, bit 2 alpha */
  flags: number,
  refusal: InputRow["refusal"],
  notices: string[],
  modified: number | null,
];

const STATES = ["uploading", "probing", "ready", "refused"] as const;
const MODES = ["inherit", "append", "replace"] as const;

export function packInput(row: InputRow): InputTuple {
  const flags = (row.excluded ? 1 : 0) | (row.removed ? 2 : 0) | (row.alpha ? 4 : 0);
  return [
    row.id,
    row.position,
    indexIn(STATES, row.state),
    row.name,
    row.path,
    row.bytes,
    row.width,
    row.height,
    row.imageId,
    row.thumbhash,
    indexIn(MODES, row.promptMode),
    row.promptStart,
    flags,
    row.refusal,
    row.notices,
    row.modified,
  ];
}

export function unpackInput(tuple: InputTuple): InputRow {
  const [
    id,
    position,
    state,
    name,
    path,
    bytes,
    width,
    height,
    imageId,
    thumbhash,
    mode,
    promptStart,
    flags,
  ] = tuple;
  return {
    id,
    position,
    state: STATES[state],
    name,
    path,
    bytes,
    width,
    height,
    imageId,
    alpha: (flags & 4) !== 0,
    thumbhash,
    promptMode: MODES[mode],
    promptStart,
    excluded: (flags & 1) !== 0,
    removed: (flags & 2) !== 0,
    refusal: tuple[13],
    notices: tuple[14],
    modified: tuple[15],
  };
}

function indexIn<T extends readonly string[]>(list: T, value: T[number]): Indexes<T> {
  return list.indexOf(value) as Indexes<T>;
}

type Indexes<T extends readonly string[]> = T["length"] extends 3 ? 0 | 1 | 2 : 0 | 1 | 2 | 3;
