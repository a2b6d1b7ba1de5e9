import type { ImageFormat } from "@/lib/images/types";
import { safeSegment, sameNameKey } from "./safe-segment";

export type NameRequest = {
  /** Position in the session, from 1. */
  n: number;
  /** Name of the source file as given. */
  sourceName: string;
  /** Folder below the dropped one, '' at its top; `/` or `\` between parts. */
  sourcePath: string;
  /** 1 for the first result of an image. */
  variant: number;
  /** Its step, told in the name; undefined: a last result, which needs no more than its source's name. */
  step?: number;
  format: ImageFormat;
};

export const EXTENSIONS = { jpeg: "jpg", png: "png", webp: "webp" } as const satisfies Record<
  ImageFormat,
  string
>;

/** Written beside the results by the archive itself. */
const OWN_FILES = ["manifest.csv", "manifest.json", "_missing.txt"] as const;

const IMAGE_ENDING = /\.(jpe?g|jpe|jfif|png|webp|gif|tiff?|bmp|avif|hei[cf])$/i;

/**
 * Names of results inside an archive, in the order given: the dropped folders, then `pattern` with {source} (the stem
 * of the source, exactly), {n} (zero-padded) and {session}, then `_step2` where the step is told, `_2` for
 * a second variant, then the extension of what the file really is. Names that some file system takes for one get ` (2)` in order, so the same list always
 * gives the same names. No name leaves its archive, and none is used twice.
 */
export function archiveNames(
  requests: readonly NameRequest[],
  { pattern, session }: { pattern: string; session: string },
): string[] {
  const last = requests.reduce((most, { n }) => Math.max(most, n), 0);
  const digits = Math.max(4, String(last).length);
  const placed = requests.map((request) => ({ request, folders: foldersOf(request.sourcePath) }));
  const taken = takenBefore(placed.map(({ folders }) => folders));
  const nextTry = new Map<string, number>();
  return placed.map(({ request, folders }) => {
    const stem = stemOf(request, { pattern, session, digits });
    return place({ folders, stem, ending: `.${EXTENSIONS[request.format]}` }, taken, nextTry);
  });
}

/** What {source} stands for: the file's name without the ending of an image. */
export function sourceStem(sourceName: string): string {
  return sourceName.replace(IMAGE_ENDING, "");
}

function stemOf(
  { n, sourceName, step, variant }: NameRequest,
  { pattern, session, digits }: { pattern: string; session: string; digits: number },
): string {
  const values: Record<string, string> = {
    source: sourceStem(sourceName),
    n: String(n).padStart(digits, "0"),
    session,
  };
  const filled = pattern.replace(/\{(source|n|session)\}/g, (_, name: string) => values[name] ?? "");
  const told = step === undefined ? filled : `${filled}_step${step}`;
  return variant > 1 ? `${told}_${variant}` : told;
}

function place(
  { folders, stem, ending }: { folders: string[]; stem: string; ending: string },
  taken: Set<string>,
  nextTry: Map<string, number>,
): string {
  const nameOf = (count: number) =>
    [...folders, safeSegment(stem, count > 1 ? ` (${count})${ending}` : ending)].join("/");
  const base = sameNameKey(nameOf(1));
  for (let count = nextTry.get(base) ?? 1; ; count += 1) {
    const name = nameOf(count);
    const key = sameNameKey(name);
    if (taken.has(key)) continue;
    taken.add(key);
    nextTry.set(base, count + 1);
    return name;
  }
}

/** The dropped folders as safe parts. Parts that lead nowhere or upwards are left out. */
function foldersOf(path: string): string[] {
  const parts = path
    .split(/[/\\]/)
    .filter((part) => part !== "" && part !== "." && part !== "..")
    .map((part) => safeSegment(part));
  const [top, ...rest] = parts;
  if (top === undefined) return [];
  const own = OWN_FILES.some((name) => sameNameKey(name) === sameNameKey(top));
  return [own ? `_${top}` : top, ...rest];
}

/** A folder and a file of one name cannot both be unpacked, so every folder counts as taken from the start. */
function takenBefore(trees: string[][]): Set<string> {
  const taken = new Set<string>(OWN_FILES.map(sameNameKey));
  for (const folders of trees) {
    folders.forEach((_, depth) => {
      taken.add(sameNameKey(folders.slice(0, depth + 1).join("/")));
    });
  }
  return taken;
}
