import type { ImageIn } from "../images-in";
import { readNumber } from "./numbered-picture";

const KNOWN = 5000;
const numbers = new Map<string, Promise<number | null>>();

/** The number of a source, decoded once for all calls that bring the same bytes. */
export function numberOf({ sha256, bytes }: ImageIn): Promise<number | null> {
  const known = numbers.get(sha256);
  if (known) return known;
  if (numbers.size >= KNOWN) numbers.clear();
  const number = readNumber(bytes);
  numbers.set(sha256, number);
  return number;
}
