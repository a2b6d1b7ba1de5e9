import { expect, it } from "vitest";
import { thumbFor, thumbSizesFor } from "./thumb-sizes";

it.each([
  [1, 1, [256]],
  [256, 100, [256]],
  [257, 100, [256, 480]],
  [480, 480, [256, 480]],
  [100, 481, [256, 480, 1280]],
  [9000, 6000, [256, 480, 1280]],
])("a picture of %i x %i has thumbnails %j", (width, height, sizes) => {
  expect(thumbSizesFor(width, height)).toEqual(sizes);
});

it.each([
  [1280, 200, 100, 256],
  [480, 200, 100, 256],
  [1280, 300, 100, 480],
  [480, 300, 100, 480],
  [256, 9000, 6000, 256],
  [1280, 9000, 6000, 1280],
] as const)("%i asked of a %i x %i picture serves %i", (requested, width, height, served) => {
  expect(thumbFor(requested, width, height)).toBe(served);
});
