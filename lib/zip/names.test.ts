import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { archiveNames, type NameRequest } from "./names";
import { byteLength, sameNameKey } from "./safe-segment";

const options = { pattern: "{source}", session: "Autumn" };

function named(sourceName: string, over: Partial<NameRequest> = {}): NameRequest {
  return { n: 1, sourceName, sourcePath: "", variant: 1, format: "png", ...over };
}

function nameOf(sourceName: string, over: Partial<NameRequest> = {}): string | undefined {
  return archiveNames([named(sourceName, over)], options)[0];
}

describe("a name after its source", () => {
  test.each([
    ["SKU-00417_front.jpg", "SKU-00417_front.png"],
    ["scan v1.2", "scan v1.2.png"],
    ["photo.final.JPEG", "photo.final.png"],
    ["Ünïcode 名前 🐅.webp", "Ünïcode 名前 🐅.png"],
    ["../../etc/passwd.jpg", ".._.._etc_passwd.png"],
    ["C:\\temp\\a.jpg", "C__temp_a.png"],
    ["CON.jpg", "_CON.png"],
    ["con.tar.jpg", "_con.tar.png"],
    ["com¹ .jpg", "_com¹ .png"],
    ["photo\u202Egpj.exe.jpg", "photogpj.exe.png"],
    ["what?*<now>|.jpg", "what___now__.png"],
    ["a\u0000b\u001fc\u0085.jpg", "abc.png"],
    [".jpg", "_.png"],
    ["", "_.png"],
    ["e\u0301.jpg", "\u00e9.png"],
    ["\ud800x.jpg", "\ufffdx.png"],
  ])("%j becomes %j", (source, expected) => {
    expect(nameOf(source)).toBe(expected);
  });

  test("has the extension of what it is", () => {
    expect(nameOf("a.png", { format: "jpeg" })).toBe("a.jpg");
    expect(nameOf("a.png", { format: "png" })).toBe("a.png");
    expect(nameOf("a.jpg", { format: "webp" })).toBe("a.webp");
  });

  test("counts variants with an underscore, after the step where it is told", () => {
    expect(nameOf("a.jpg", { variant: 2 })).toBe("a_2.png");
    expect(nameOf("a.jpg", { step: 3 })).toBe("a_step3.png");
    expect(nameOf("a.jpg", { step: 3, variant: 2 })).toBe("a_step3_2.png");
  });

  test("follows a pattern with a padded number", () => {
    const requests = [named("a.jpg", { n: 7 }), named("b.jpg", { n: 12_345 })];
    const names = archiveNames(requests, { pattern: "{session}/{n} {source} {x}", session: "Herbst: 2026" });
    expect(names).toEqual(["Herbst_ 2026_00007 a {x}.png", "Herbst_ 2026_12345 b {x}.png"]);
  });

  test("is cut at a whole character to 120 bytes with its ending", () => {
    const name = nameOf(`${"🐅".repeat(200)}.jpg`) ?? "";
    expect(byteLength(name)).toBe(120);
    expect(name).toBe(`${"🐅".repeat(29)}.png`);
  });
});

describe("folders", () => {
  test("give back the dropped tree and never lead out of it", () => {
    expect(nameOf("a.jpg", { sourcePath: "shoes/left" })).toBe("shoes/left/a.png");
    expect(nameOf("a.jpg", { sourcePath: "../..//./x\\..\\y. /" })).toBe("x/y/a.png");
    expect(nameOf("a.jpg", { sourcePath: "/C:/nul" })).toBe("C_/_nul/a.png");
  });

  test("do not take the place of the files the archive adds", () => {
    expect(nameOf("a.jpg", { sourcePath: "Manifest.CSV" })).toBe("_Manifest.CSV/a.png");
  });

  test("and a file of the same name both get a place", () => {
    const requests = [named("x.jpg"), named("a.jpg", { sourcePath: "X.PNG" })];
    expect(archiveNames(requests, options)).toEqual(["x (2).png", "X.PNG/a.png"]);
  });
});

test("names that a file system takes for one are told apart in order", () => {
  const sources = [
    "a.jpg",
    "A.jpg",
    "a.png",
    "e\u0301.jpg",
    "\u00c9.jpg",
    "a (2).jpg",
    "Straße.jpg",
    "STRASSE.jpg",
  ];
  expect(
    archiveNames(
      sources.map((source) => named(source)),
      options,
    ),
  ).toEqual([
    "a.png",
    "A (2).png",
    "a (3).png",
    "\u00e9.png",
    "\u00c9 (2).png",
    "a (2) (2).png",
    "Straße.png",
    "STRASSE (2).png",
  ]);
});

test("ten thousand equal names stay quick and distinct", () => {
  const names = archiveNames(
    Array.from({ length: 10_000 }, (_, i) => named("IMG.jpg", { n: i + 1 })),
    options,
  );
  expect(new Set(names).size).toBe(10_000);
  expect(names.at(-1)).toBe("IMG (10000).png");
});

describe("for any list of sources", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.constantFrom(
      "..",
      ".",
      "CON",
      "nul.jpg",
      "a.jpg",
      "A.JPG",
      "a (2).jpg",
      "a_2.jpg",
      "manifest.csv",
      " . ",
      "ß",
      "ẞ",
      "ss",
    ),
  );
  const request = fc.record({
    n: fc.integer({ min: 1, max: 10_000 }),
    sourceName: hostile,
    sourcePath: fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join("/")),
    variant: fc.integer({ min: 1, max: 3 }),
    format: fc.constantFrom("png", "jpeg", "webp"),
  });
  const lists = fc.array(request, { maxLength: 30 });
  const pattern = fc.constantFrom("{source}", "{n}", "{session}", "{source}-{n}", "same");

  test("no two results share a name, nor a name with a folder", () => {
    fc.assert(
      fc.property(lists, pattern, (requests, chosen) => {
        const names = archiveNames(requests, { pattern: chosen, session: "s" });
        const keys = names.map(sameNameKey);
        expect(new Set(keys).size).toBe(names.length);
        const folders = names.flatMap((name) =>
          name
            .split("/")
            .slice(0, -1)
            .map((_, i, parts) => sameNameKey(parts.slice(0, i + 1).join("/"))),
        );
        expect(folders.filter((folder) => keys.includes(folder))).toEqual([]);
      }),
    );
  });

  test("every part can be written on Windows and stays inside", () => {
    fc.assert(
      fc.property(lists, pattern, (requests, chosen) => {
        for (const name of archiveNames(requests, { pattern: chosen, session: "s" })) {
          for (const part of name.split("/")) {
            expect(byteLength(part)).toBeLessThanOrEqual(120);
            expect(part).toBe(part.normalize("NFC"));
            expect(part).not.toMatch(/^\.{0,2}$|[. ]$/);
            // biome-ignore lint/suspicious/noControlCharactersInRegex: they must be gone
            expect(part).not.toMatch(/[<>:"\\|?*\u0000-\u001f\u007f\u202a-\u202e]/);
            expect(part).not.toMatch(/^(con|prn|aux|nul|com[0-9]|lpt[0-9])\s*(\.|$)/i);
          }
        }
      }),
    );
  });

  test("the same list gives the same names", () => {
    fc.assert(
      fc.property(lists, (requests) => {
        const all = archiveNames(requests, options);
        expect(archiveNames(requests, options)).toEqual(all);
      }),
    );
  });
});
