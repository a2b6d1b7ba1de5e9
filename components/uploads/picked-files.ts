/** A file a person gave, and its folder below the one that was dropped or chosen ('' at its top). */
export type Picked = { file: File; path: string };

const naturally = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** From a drop: files and folders, folders in natural order of their paths. Call it inside the drop event. */
export async function filesOfDrop(transfer: DataTransfer): Promise<Picked[]> {
  // Entries must be taken before the first await: the browser empties the list when the event ends.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (entries.length === 0) return wanted([...transfer.files].map((file) => ({ file, path: "" })));
  const alone = entries.length === 1;
  const groups = await Promise.all(entries.map((entry) => walk(entry, alone ? null : "")));
  return wanted(groups.flatMap((group) => group.sort(byPath)));
}

/** From a file or folder input. */
export function filesOfList(list: Iterable<File>): Picked[] {
  const picked = [...list].map((file) => ({ file, path: folderBelowTop(file.webkitRelativePath) }));
  const isFolder = picked.some(({ file }) => file.webkitRelativePath !== "");
  return wanted(isFolder ? picked.sort(byPath) : picked);
}

/** From the clipboard; pasted pictures are all called "image.png", so they get the time as their name. */
export function filesOfPaste(data: DataTransfer, now: Date): Picked[] {
  const files = [...data.items].flatMap((item) => (item.kind === "file" ? (item.getAsFile() ?? []) : []));
  return files.map((file, index) => ({ file: isUnnamed(file) ? renamed(file, now, index) : file, path: "" }));
}

/** Natural order of whole paths: "2.jpg" before "10.jpg". */
export function byPath(a: Picked, b: Picked): number {
  return naturally.compare(`${a.path}/${a.file.name}`, `${b.path}/${b.file.name}`);
}

/** Folder of "Autumn/front/1.jpg" below the chosen "Autumn": "front". */
export function folderBelowTop(relativePath: string): string {
  return relativePath.split("/").slice(1, -1).join("/");
}

const CLUTTER = /^(\..*|thumbs\.db|desktop\.ini)$/i;

/** Systems leave files in folders that nobody put there; they are not worth a refusal. */
function wanted(picked: Picked[]): Picked[] {
  return picked.filter(({ file, path }) => !CLUTTER.test(file.name) && !path.split("/").includes("__MACOSX"));
}

/** `path` null: the one dropped folder, whose own name is left out. */
async function walk(entry: FileSystemEntry, path: string | null): Promise<Picked[]> {
  if (isFile(entry)) {
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    return file ? [{ file, path: path ?? "" }] : [];
  }
  if (!isFolder(entry)) return [];
  const below = path === null ? "" : [path, entry.name].filter(Boolean).join("/");
  const picked: Picked[] = [];
  for (const child of await childrenOf(entry)) picked.push(...(await walk(child, below)));
  return picked;
}

/** Chrome gives at most 100 entries a call; the list is whole when a call gives none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isUnnamed(file: File): boolean {
  return /^image\.(png|jpe?g|webp)$/i.test(file.name);
}

function renamed(file: File, now: Date, index: number): File {
  const stamp = now.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  const extension = file.name.slice(file.name.lastIndexOf("."));
  const suffix = index > 0 ? ` ${index + 1}` : "";
  return new File([file], `Pasted ${stamp}${suffix}${extension}`, {
    type: file.type,
    lastModified: now.getTime(),
  });
}
