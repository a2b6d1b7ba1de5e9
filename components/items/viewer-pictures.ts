import type { SheetRow } from "@/components/sessions/chain-rows";
import type { FrameImage } from "@/components/ui/frame";
import type { InputRow } from "@/lib/inputs/wire";
import type { DetailAttempt } from "@/lib/items/details";
import { ORIGINAL } from "@/lib/steps/constants";
import { largeImage } from "./image-url";

export type ViewerPictures = {
  source: FrameImage | null;
  result: FrameImage | null;
  labels: { source: string; result: string };
};

type Given = {
  item: SheetRow;
  attempt: DetailAttempt | null;
  input: InputRow | undefined;
  name: string;
  /** All steps of the same image; undefined where there is one. */
  rows: readonly SheetRow[] | undefined;
  /** Place of the step whose picture goes into this one now, 0 the original. */
  fedBy: number;
};

/** What stands beside a result is the picture it was really made from: the original, or what an earlier step made. */
export function viewerPictures(given: Given): ViewerPictures {
  const { item, attempt, name, rows } = given;
  const result = resultOf(item, attempt, name);
  if (!rows) return { source: originalOf(given), result, labels: { source: "Source", result: "Result" } };
  const { label, picture } = madeFrom(given, rows);
  return { source: picture, result, labels: { source: label, result: `Step ${item.stepPosition}` } };
}

/** The original alone, in the place of a result. */
export function originalPictures(given: Pick<Given, "input" | "name">): ViewerPictures {
  return { source: null, result: originalOf(given), labels: { source: "Original", result: "Original" } };
}

function originalOf({ input, name }: Pick<Given, "input" | "name">): FrameImage | null {
  if (!input?.imageId) return null;
  return largeImage({ ...input, imageId: input.imageId }, { alt: `Source: ${name}` });
}

function madeFrom(given: Given, rows: readonly SheetRow[]): { label: string; picture: FrameImage | null } {
  const { attempt, name, fedBy } = given;
  const feed = attempt?.madeFrom[0];
  const place = feed ? feed.step : fedBy;
  if (place === ORIGINAL) return { label: "Original", picture: originalOf(given) };
  const label = place === null ? "Removed step" : `Step ${place}`;
  const alt = `${label} for ${name}`;
  if (feed) {
    return { label, picture: feed.image && largeImage({ ...feed.image, imageId: feed.image.id }, { alt }) };
  }
  const row = rows[fedBy - 1];
  return { label, picture: row?.imageId ? largeImage({ ...row, imageId: row.imageId }, { alt }) : null };
}

function resultOf(item: SheetRow, attempt: DetailAttempt | null, name: string): FrameImage | null {
  if (attempt?.image) {
    const alt = `Result for ${name}, attempt ${attempt.number}`;
    return largeImage({ ...attempt.image, imageId: attempt.image.id }, { alt });
  }
  if (attempt && !attempt.current && attempt.outcome !== "sending") return null;
  if (!item.imageId) return null;
  return largeImage({ ...item, imageId: item.imageId }, { alt: `Result for ${name}` });
}
