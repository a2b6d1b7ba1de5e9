/** Texts of all elements of this name, in order. Enough for what S3 answers, which never nests a name in itself. */
export function textsOf(xml: string, name: string): string[] {
  const found = xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, "g"));
  return [...found].map(([, text = ""]) => text);
}

export function textOf(xml: string, name: string): string | undefined {
  const [text] = textsOf(xml, name);
  return text?.replace(/&(amp|lt|gt|quot|apos|#34|#39);/g, (_, entity: string) => ENTITIES[entity] ?? "");
}

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#34": '"',
  "#39": "'",
};

/** `<name>…</name>` around parts that are XML already. */
export function element(name: string, ...parts: string[]): string {
  return `<${name}>${parts.join("")}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
