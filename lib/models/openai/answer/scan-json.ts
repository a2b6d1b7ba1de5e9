const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Takes the long strings of a JSON text while it arrives. */
export interface StringTaker {
  /** Whether it wants the string that is the value of `key`; `start` is how it begins (up to 5 characters). */
  wants(key: string, start: string): boolean;
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/**
 * Reads JSON as bytes, hands wanted strings to a taker piece by piece, and keeps the rest with "" in their places, so
 * that a picture of any size takes no memory. `kept` is not checked here: it may be no JSON at all.
 */
export class JsonScanner {
  #kept: Buffer[] = [];
  #size = 0;
  #state: "outside" | "key or text" | "undecided" | "taken" = "outside";
  #isValue = false;
  #string = "";
  #key = "";
  #escape = "";
  readonly #taker: StringTaker;
  readonly #mostKept: number;

  constructor(taker: StringTaker, mostKept: number) {
    this.#taker = taker;
    this.#mostKept = mostKept;
  }

  /** Text outside the taken strings. */
  get kept(): string {
    return Buffer.concat(this.#kept).toString("utf8");
  }

  /** Inside a string when the bytes ended. */
  get isCut(): boolean {
    return this.#state !== "outside";
  }

  /** Throws a RangeError when what has to be kept grows beyond `mostKept`. */
  async push(chunk: Uint8Array): Promise<void> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let at = 0;
    while (at < bytes.length) {
      at = this.#state === "outside" ? this.#outside(bytes, at) : await this.#inside(bytes, at);
    }
  }

  #outside(bytes: Buffer, from: number): number {
    const quote = bytes.indexOf(QUOTE, from);
    const end = quote === -1 ? bytes.length : quote;
    const between = bytes.subarray(from, end).toString("latin1").trim();
    if (between !== "") this.#isValue = between.at(-1) === String.fromCharCode(COLON);
    this.#keep(bytes.subarray(from, end));
    if (quote === -1) return end;
    if (this.#isValue) this.#key = this.#string;
    this.#string = "";
    this.#state = this.#isValue ? "undecided" : "key or text";
    return quote + 1;
  }

  async #inside(bytes: Buffer, from: number): Promise<number> {
    if (this.#escape !== "") return this.#escaped(bytes, from);
    const quote = indexOr(bytes, QUOTE, from);
    const backslash = indexOr(bytes, BACKSLASH, from);
    const end = Math.min(quote, backslash);
    if (end > from) await this.#text(bytes.subarray(from, end));
    if (end === bytes.length) return end;
    if (end === backslash) this.#escape = "\\";
    else await this.#close();
    return end + 1;
  }

  /** An escape may be cut by the end of a chunk: it is gathered a character at a time. */
  async #escaped(bytes: Buffer, from: number): Promise<number> {
    this.#escape += String.fromCharCode(bytes[from] ?? 0);
    const [, kind = "", ...hex] = this.#escape;
    if (kind !== "u" || hex.length === 4) {
      const raw = this.#escape;
      this.#escape = "";
      if (this.#state === "taken") await this.#taker.write(plainOf(raw.slice(1)));
      else await this.#text(Buffer.from(raw, "latin1"));
    }
    return from + 1;
  }

  async #text(bytes: Buffer) {
    if (this.#state === "taken") return this.#taker.write(bytes.toString("latin1"));
    this.#string += bytes.toString("latin1");
    if (this.#state === "undecided" && this.#string.length >= 5) await this.#decide();
    else if (this.#string.length > this.#mostKept) throw new RangeError("A text in the answer is too long.");
  }

  async #decide() {
    this.#state = this.#taker.wants(this.#key, this.#string.slice(0, 5)) ? "taken" : "key or text";
    if (this.#state !== "taken") return;
    const text = this.#string;
    this.#string = "";
    await this.#taker.write(unescaped(text));
  }

  async #close() {
    if (this.#state === "undecided") await this.#decide();
    if (this.#state === "taken") {
      this.#keep(Buffer.from('""'));
      await this.#taker.end();
    } else {
      this.#keep(Buffer.from(`"${this.#string}"`, "latin1"));
    }
    this.#state = "outside";
  }

  #keep(bytes: Buffer) {
    this.#size += bytes.length;
    if (this.#size > this.#mostKept) throw new RangeError("The answer is too long beside its picture.");
    if (bytes.length > 0) this.#kept.push(Buffer.from(bytes));
  }
}

/** Escapes are whole by now. What is none comes as it is, and is refused as base64. */
function unescaped(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) => plainOf(code));
}

/** What an escape stands for, without its backslash. */
function plainOf(code: string): string {
  if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return ESCAPES[code] ?? code;
}

function indexOr(bytes: Buffer, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at === -1 ? bytes.length : at;
}
