import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import { bytesWords, countWords } from "@/lib/words";
import { checkFile } from "./check-file";
import { decodeText } from "./decode-text";
import type { Picked } from "./picked-files";

/** A text file dropped beside images: the prompt of the image that has its name. */
export type PromptFile = { name: string; path: string; text: string };

export type UnusableFile = { name: string; path: string; happened: string; todo: string };

/** What a row's prompt was before a text file replaced it. */
export type PromptBefore = { inputId: string; mode: "inherit" | "append" | "replace"; prompt: string };

export type PromptFilesState = {
  /** Without an image so far. */
  waiting: readonly PromptFile[];
  unusable: readonly UnusableFile[];
  /** What was put in since the list was last cleared. */
  taken: { files: number; before: readonly PromptBefore[] };
  /** Why prompts were not saved; nothing more is tried until asked. */
  stopped: string | null;
};

const NOTHING: PromptFilesState = {
  waiting: [],
  unusable: [],
  taken: { files: 0, before: [] },
  stopped: null,
};
/** UTF-8 takes at most 3 bytes for what counts as one character here; the rest is room for blanks around. */
const MAX_BYTES = 4 * MAX_PROMPT_CHARS;
const READ_AT_ONCE = 16;

/** Text files of a session's uploads. They are read here and are never sent as files. */
export class PromptFiles {
  private state = NOTHING;
  private readonly listeners = new Set<() => void>();

  readonly get = (): PromptFilesState => this.state;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Keeps the text files among these and answers the rest. A picture that is called .txt is a picture. */
  async takeFrom(picked: readonly Picked[]): Promise<readonly Picked[]> {
    const called = picked.filter(({ file }) => /\.txt$/i.test(file.name));
    const texts = new Set<Picked>();
    for (let from = 0; from < called.length; from += READ_AT_ONCE) {
      const some = called.slice(from, from + READ_AT_ONCE);
      const read = await Promise.all(some.map(readPromptFile));
      for (const [index, one] of read.entries()) {
        const file = some[index];
        if (!one || !file) continue;
        texts.add(file);
        this.keep(one);
      }
    }
    return texts.size > 0 ? picked.filter((one) => !texts.has(one)) : picked;
  }

  /** These have found their images. */
  used(files: readonly PromptFile[], before: readonly PromptBefore[]) {
    const { waiting, taken } = this.state;
    // What stood there first is what undo brings back.
    const known = new Set(taken.before.map(({ inputId }) => inputId));
    this.set({
      waiting: waiting.filter((one) => !files.includes(one)),
      taken: {
        files: taken.files + files.length,
        before: [...taken.before, ...before.filter(({ inputId }) => !known.has(inputId))],
      },
    });
  }

  stop(words: string | null) {
    this.set({ stopped: words });
  }

  forgetTaken() {
    this.set({ taken: NOTHING.taken });
  }

  /** Drops what waits and what could not be used. */
  forgetUnused() {
    this.set({ waiting: [], unusable: [], stopped: null });
  }

  private keep(one: PromptFile | UnusableFile) {
    const isOther = ({ name, path }: { name: string; path: string }) =>
      name !== one.name || path !== one.path;
    const waiting = this.state.waiting.filter(isOther);
    const unusable = this.state.unusable.filter(isOther);
    if ("text" in one) this.set({ waiting: [...waiting, one], unusable });
    else this.set({ waiting, unusable: [...unusable, one] });
  }

  private set(change: Partial<PromptFilesState>) {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

/** Null: a picture all the same. */
async function readPromptFile({ file, path }: Picked): Promise<PromptFile | UnusableFile | null> {
  const { name } = file;
  const unusable = (happened: string, todo: string) => ({
    name,
    path,
    happened: `"${name}" ${happened}`,
    todo,
  });
  if ((await checkFile(file)) === null) return null;
  const limit = `a prompt may have ${countWords(MAX_PROMPT_CHARS)} characters.`;
  if (file.size > MAX_BYTES) {
    return unusable(`is ${bytesWords(file.size)}; ${limit}`, "Shorten it and add it again.");
  }
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (text === null) {
    return unusable("is not a text in UTF-8 or UTF-16.", "Save it as plain text in UTF-8 and add it again.");
  }
  if (text === "") return unusable("has no words in it.", "Write the prompt into it and add it again.");
  if (text.length > MAX_PROMPT_CHARS) {
    return unusable(`has ${countWords(text.length)} characters; ${limit}`, "Shorten it and add it again.");
  }
  return { name, path, text };
}
