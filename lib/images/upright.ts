/** Pixels of 8 bits as they come from the decoder: 3 channels (sRGB) or 4 (with alpha). */
export type RawPicture = { data: Uint8Array; width: number; height: number; channels: 3 | 4 };

/**
 * Turns a picture upright by its EXIF orientation, 1 to 8 (CIPA DC-008, 4.6.4 A). The decoder's own turning
 * comes before its resizing and would cost the whole picture in memory; here it costs a thumbnail.
 */
export function turnUpright(picture: RawPicture, orientation: number): RawPicture {
  if (orientation < 2 || orientation > 8) return picture;
  const { data, width, height, channels } = picture;
  const swaps = orientation >= 5;
  const out = { width: swaps ? height : width, height: swaps ? width : height, channels };
  const turned = new Uint8Array(data.length);
  const { origin, right, down } = walk(orientation, width, height);
  let to = 0;
  for (let y = 0; y < out.height; y++) {
    let from = (origin + y * down) * channels;
    for (let x = 0; x < out.width; x++) {
      for (let c = 0; c < channels; c++) turned[to++] = data[from + c] ?? 0;
      from += right * channels;
    }
  }
  return { data: turned, ...out };
}

/** Where the upright picture's first pixel lies in the stored one, and the steps to the next pixel and row. */
function walk(orientation: number, width: number, height: number) {
  const last = width * height - 1;
  const lastRow = width * (height - 1);
  const table: Record<number, { origin: number; right: number; down: number }> = {
    2: { origin: width - 1, right: -1, down: width },
    3: { origin: last, right: -1, down: -width },
    4: { origin: lastRow, right: 1, down: -width },
    5: { origin: 0, right: width, down: 1 },
    6: { origin: lastRow, right: -width, down: 1 },
    7: { origin: last, right: -width, down: -1 },
    8: { origin: width - 1, right: width, down: -1 },
  };
  return table[orientation] ?? { origin: 0, right: 1, down: width };
}
