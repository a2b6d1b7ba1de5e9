type Named = { id: string; name: string };

export type PairedPrompts = {
  pairs: { inputId: string; prompt: string }[];
  /** What does not go up, in words; null: every line has its image. */
  problem: string | null;
};

/**
 * Prompts pasted as a column go to the images in list order; an empty line leaves its image as it is. Two columns, the
 * first with file names (with or without ending, in any case), go to the images of those names.
 */
export function pairPrompts(text: string, rows: readonly Named[]): PairedPrompts {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const cells = lines.map((line) => line.split("\t"));
  const full = cells.filter((one) => one.some((cell) => cell.trim() !== ""));
  return full.length > 0 && full.every((one) => one.length > 1) ? byName(full, rows) : byOrder(lines, rows);
}

function byOrder(lines: readonly string[], rows: readonly Named[]): PairedPrompts {
  const pairs = lines.flatMap((line, index) => {
    const row = rows[index];
    const prompt = line.trim();
    return row && prompt ? [{ inputId: row.id, prompt }] : [];
  });
  const over = lines.slice(rows.length).filter((line) => line.trim() !== "").length;
  const problem = over > 0 ? `${over} more ${over === 1 ? "line" : "lines"} than images.` : null;
  return { pairs, problem };
}

function byName(cells: readonly string[][], rows: readonly Named[]): PairedPrompts {
  const wanted = new Map<string, string>();
  for (const [name = "", ...prompt] of cells) wanted.set(plain(name), prompt.join(" ").trim());
  const used = new Set<string>();
  const pairs = rows.flatMap(({ id, name }) => {
    const key = [plain(name), stem(name)].find((one) => wanted.has(one));
    const prompt = key === undefined ? "" : (wanted.get(key) ?? "");
    if (key !== undefined) used.add(key);
    return prompt ? [{ inputId: id, prompt }] : [];
  });
  const lost = [...wanted.keys()].filter((key) => !used.has(key));
  const named = lost.slice(0, 3).join(", ");
  const more = lost.length > 3 ? ` and ${lost.length - 3} more` : "";
  return { pairs, problem: lost.length > 0 ? `No selected image is named ${named}${more}.` : null };
}

function plain(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}

function stem(name: string): string {
  return plain(name).replace(/\.[^.]+$/, "");
}
