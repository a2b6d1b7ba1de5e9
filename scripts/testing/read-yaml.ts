type Yaml = string | Yaml[] | { [name: string]: Yaml };

/**
 * The plain part of YAML that compose.yaml is written in: maps and lists by indentation, one-line lists, anchors and
 * `<<`. Throws for a line it does not know.
 */
export function readYaml(text: string): { [name: string]: Yaml } {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trimEnd())
    .filter((line) => line.trim() !== "");
  const anchors = new Map<string, { [name: string]: Yaml }>();
  return readMap(lines, 0, anchors);
}

type Anchors = Map<string, { [name: string]: Yaml }>;

function readMap(lines: string[], indent: number, anchors: Anchors): { [name: string]: Yaml } {
  const map: { [name: string]: Yaml } = {};
  while (lines.length > 0 && indentOf(lines[0]) === indent) {
    const line = lines.shift() ?? "";
    const [, name, anchor, value = ""] = /^\s*([\w<-]+):(?:\s+&(\w+))?(?:\s+(.*))?$/.exec(line) ?? [];
    if (!name) throw new Error(`not understood: ${line}`);
    if (name === "<<") Object.assign(map, anchors.get(value.replace("*", "")));
    else map[name] = value === "" ? readBlock(lines, indent, anchors) : readValue(value);
    const made = map[name];
    if (anchor && typeof made === "object" && !Array.isArray(made)) anchors.set(anchor, made);
  }
  return map;
}

function readBlock(lines: string[], indent: number, anchors: Anchors): Yaml {
  const inner = indentOf(lines[0]);
  if (inner <= indent) return "";
  if (!lines[0]?.trim().startsWith("- ")) return readMap(lines, inner, anchors);
  const list: Yaml[] = [];
  while (indentOf(lines[0]) === inner) list.push(readValue((lines.shift() ?? "").trim().slice(2)));
  return list;
}

function readValue(value: string): Yaml {
  if (value.startsWith("[")) return [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, one = ""]) => one);
  return value.replace(/^"(.*)"$/, "$1");
}

function indentOf(line: string | undefined): number {
  return line === undefined ? -1 : line.length - line.trimStart().length;
}
