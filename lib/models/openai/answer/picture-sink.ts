import type { FileHandle } from "node:fs/promises";
import { writePatiently } from "./write-patiently";

const NOT_BASE64 = /[^A-Za-z0-9+/=_\-\s]/;
/** Longer than the head of any data URL. */
const HEAD = 200;

/** Decodes base64, plain or as a data URL, into a file while it arrives. */
export class PictureSink {
  /** Bytes of picture written. */
  bytes = 0;
  /** What was wrong with the text, if anything was. */
  damage: string | null = null;
  #text = "";
  #started = false;
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(text: string): Promise<void> {
    if (this.damage) return;
    if (NOT_BASE64.test(this.#started ? text : "")) this.damage = "The picture is no base64.";
    this.#text += this.#started ? text.replace(/\s+/g, "") : text;
    if (!this.#started && this.#text.length < HEAD) return;
    this.#start();
    await this.#put(this.#text.length - (this.#text.length % 4));
  }

  async end(): Promise<void> {
    this.#start();
    if (this.#text.length % 4 !== 0) this.damage ??= "The base64 of the picture stops in the middle.";
    await this.#put(this.#text.length);
  }

  #start() {
    if (this.#started) return;
    this.#started = true;
    const text = this.#text.replace(/^data:[^,]*,/, "");
    if (NOT_BASE64.test(text)) this.damage ??= "The picture is no base64.";
    this.#text = text.replace(/\s+/g, "");
  }

  async #put(length: number) {
    const part = this.#text.slice(0, length);
    this.#text = this.#text.slice(length);
    if (this.damage || part === "") return;
    const bytes = Buffer.from(part, "base64");
    this.bytes += bytes.length;
    await writePatiently(this.#file, bytes);
  }
}
