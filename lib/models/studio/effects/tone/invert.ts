import type { Pixels } from "@/lib/images/pixels";

/** The negative. */
export function invert({ data, width, height }: Pixels): Pixels {
  return { data: data.map((value, i) => (i % 4 === 3 ? value : 255 - value)), width, height };
}
