import { describe, expect, test } from "vitest";
import { decodeText } from "@/components/uploads/decode-text";
import { PromptFiles } from "@/components/uploads/prompt-files";
import type { InputRow } from "@/lib/inputs/wire";
import { matchPromptFiles } from "./match-prompt-files";
import { restorePrompts } from "./restore-prompts";

function row(id: string, name: string, over: Partial<InputRow> = {}): InputRow {
  return {
    id,
    position: 1,
    state: "ready",
    name,
    path: "",
    bytes: 10,
    width: 100,
    height: 80,
    imageId: `image-${id}`,
    alpha: false,
    thumbhash: null,
    promptMode: "inherit",
    promptStart: "",
    excluded: false,
    removed: false,
    refusal: null,
    notices: [],
    modified: null,
    ...over,
  };
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));
const swapped = (text: string) => new Uint8Array(Buffer.from(text, "utf16le").swap16());

describe("text as editors save it", () => {
  test.each([
    ["UTF-8", utf8(" make it blue\r\n\rnow \n"), "make it blue\n\nnow"],
    ["UTF-8 with a mark", utf8("\ufeffcafé 🐅"), "café 🐅"],
    ["UTF-16 LE with a mark", utf16("\ufeffcafé 名前"), "café 名前"],
    ["UTF-16 BE with a mark", swapped("\ufeffcafé 名前"), "café 名前"],
    ["UTF-16 LE without", utf16("blue 名"), "blue 名"],
    ["UTF-16 BE without", swapped("blue 名"), "blue 名"],
    ["nothing", utf8("\ufeff \r\n"), ""],
    ["Windows-1252", Uint8Array.of(0x63, 0x61, 0x66, 0xe9), null],
    ["a program", Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0x00, 0x00, 0x01, 0x00), null],
    ["half a letter of UTF-16", Uint8Array.of(0xff, 0xfe, 0x61), null],
    ["a control character", utf8("a\u0007b"), null],
  ])("%s", (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });
});

describe("text files among dropped files", () => {
  const file = (name: string, content: BlobPart, path = "") => ({ file: new File([content], name), path });

  test("are kept as prompts; a picture of that ending goes on as a picture", async () => {
    const files = new PromptFiles();
    const jpeg = file("photo.txt", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0));
    const image = file("cat.jpg", "x");
    const rest = await files.takeFrom([image, file("cat.TXT", "blue"), jpeg]);
    expect(rest).toEqual([image, jpeg]);
    expect(files.get()).toMatchObject({
      waiting: [{ name: "cat.TXT", path: "", text: "blue" }],
      unusable: [],
    });
  });

  test.each([
    ["", "has no words in it"],
    ["x".repeat(32_001), "has 32,001 characters; a prompt may have 32,000"],
    ["x".repeat(1_300_000), "is 1.3 MB; a prompt may have 32,000 characters"],
    [Uint8Array.of(0, 1, 2, 3, 250), "is not a text in UTF-8 or UTF-16"],
  ])("that cannot be prompts say why (%#)", async (content, words) => {
    const files = new PromptFiles();
    expect(await files.takeFrom([file("cat.txt", content)])).toEqual([]);
    expect(files.get().unusable[0]?.happened).toContain(`"cat.txt" ${words}`);
  });

  test("of the same name count as they came last", async () => {
    const files = new PromptFiles();
    await files.takeFrom([file("cat.txt", "blue"), file("cat.txt", "green", "back")]);
    await files.takeFrom([file("cat.txt", "red")]);
    expect(files.get().waiting.map(({ text }) => text)).toEqual(["green", "red"]);
  });
});

describe("text files and images", () => {
  const text = (name: string, words: string, path = "") => ({ name, path, text: words });
  const rows = [
    row("a", "cat.jpg"),
    row("b", "Cat.PNG", { state: "probing", imageId: null }),
    row("c", "cat.jpg", { path: "back" }),
    row("d", "dog.final.webp", { promptMode: "append", promptStart: "old" }),
    row("e", "gone.jpg", { removed: true }),
    row("f", "bad.jpg", { state: "refused", imageId: null }),
    row("g", "prompt-001", { imageId: null }),
  ];
  const matched = (...files: ReturnType<typeof text>[]) => {
    const found = matchPromptFiles(files, rows);
    const pairs = found.pairs.map(({ row: { id }, prompt }) => [id, prompt]);
    return { used: found.files.map(({ name }) => name), pairs };
  };

  test.each([
    ["every image of the name in the folder", text("CAT.txt", "blue"), ["a", "b"]],
    ["the one of the whole name", text("cat.jpg.txt", "blue"), ["a"]],
    ["its own folder", text("cat.txt", "blue", "back"), ["c"]],
    ["a name with dots", text("dog.final.txt", "blue"), ["d"]],
    ["no other folder", text("dog.final.txt", "blue", "back"), []],
    ["none that was removed", text("gone.txt", "blue"), []],
    ["none that was refused", text("bad.txt", "blue"), []],
    ["no row without a picture", text("prompt-001.txt", "blue"), []],
  ])("go to %s", (_, file, ids) => {
    expect(matched(file)).toEqual({
      used: ids.length > 0 ? [file.name] : [],
      pairs: ids.map((id) => [id, "blue"]),
    });
  });

  test("are taken back to what each row had before", async () => {
    const sent: unknown[] = [];
    const edits = {
      setPrompts: async (pairs: unknown) => {
        sent.push(pairs);
        return null;
      },
      setPrompt: async (ids: readonly string[], own: unknown) => {
        sent.push([ids, own]);
        return null;
      },
    };
    const before = [
      { inputId: "a", mode: "inherit", prompt: "" },
      { inputId: "b", mode: "replace", prompt: "mine" },
      { inputId: "c", mode: "inherit", prompt: "" },
      { inputId: "d", mode: "append", prompt: "old" },
    ] as const;
    expect(await restorePrompts(before, edits)).toBeNull();
    expect(sent).toEqual([
      [{ inputId: "b", prompt: "mine" }],
      [["a", "c"], { mode: "inherit", prompt: "" }],
      [["d"], { mode: "append", prompt: "old" }],
    ]);
  });
});
