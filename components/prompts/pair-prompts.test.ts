import { expect, test } from "vitest";
import { pairPrompts } from "./pair-prompts";

const rows = ["SKU-1.jpg", "SKU-2.PNG", "SKU-3.jpg"].map((name, index) => ({ id: `id-${index + 1}`, name }));
const pairsOf = (text: string) =>
  Object.fromEntries(pairPrompts(text, rows).pairs.map(({ inputId, prompt }) => [inputId, prompt]));

test.each([
  ["red\nblue\ngreen", { "id-1": "red", "id-2": "blue", "id-3": "green" }],
  ["red\r\nblue\r\n", { "id-1": "red", "id-2": "blue" }],
  ["red\n\ngreen", { "id-1": "red", "id-3": "green" }],
  [" red ", { "id-1": "red" }],
  ["", {}],
  ["SKU-3.jpg\tgreen\nsku-1.JPG\tred", { "id-1": "red", "id-3": "green" }],
  ["SKU-2\tblue, square", { "id-2": "blue, square" }],
  ["SKU-1\tred\tmatte", { "id-1": "red matte" }],
  ["SKU-1\t\nSKU-2\tblue", { "id-2": "blue" }],
])("%j is paired as %j", (text, pairs) => {
  expect(pairsOf(text)).toEqual(pairs);
});

test.each([
  ["a\nb\nc\nd\ne", "2 more lines than images."],
  ["a\nb\nc\nd", "1 more line than images."],
  ["a\nb\nc\n\n", null],
  ["SKU-9\tx\nSKU-1\ty", "No selected image is named sku-9."],
  ["a\tx\nb\tx\nc\tx\nd\tx\ne\tx", "No selected image is named a, b, c and 2 more."],
])("%j: %j", (text, problem) => {
  expect(pairPrompts(text, rows).problem).toBe(problem);
});

test("a long list takes no longer than it must: each name is looked up once", () => {
  const many = Array.from({ length: 10_000 }, (_, n) => ({ id: `id-${n}`, name: `photo-${n}.jpg` }));
  const text = many.map(({ name }) => `${name}\tprompt of ${name}`).join("\n");
  expect(pairPrompts(text, many).pairs).toHaveLength(10_000);
});
