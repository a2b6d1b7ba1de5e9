import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Moved, moveObjects } from "../../lib/storage/move-objects";
import { openStorage } from "../../lib/storage/open";
import { parseStorageSettings, type StorageDriver } from "../../lib/storage/schemas";
import type { Storage } from "../../lib/storage/types";
import { bytesWords, countWords } from "../../lib/words";

const DRIVERS = ["disk", "s3", "vercel-blob"] as const satisfies readonly StorageDriver[];
const DELETED_AT_ONCE = 500;

type World = { env: Record<string, string | undefined>; say: (line: string) => void };

/** `npm run move-storage`. Answers the exit code: 0 when every object is verified at its new place. */
export async function runMove(args: string[], { env, say }: World): Promise<number> {
  const { from, to, clearSource } = readArgs(args);
  const dataDir = resolve(env.DATA_DIR || ".data");
  // Both storages are named here; which of them the app uses is not asked.
  const settings = { ...parseStorageSettings({ ...env, STORAGE: to }), DATA_DIR: dataDir };
  const source = openStorage(from, settings);
  const target = openStorage(to, settings);
  await target.check();
  const journal = await openJournal(join(dataDir, `move-${from}-to-${to}.log`));
  say(`Copying ${from} to ${to}. Stop it at any time; started again, it goes on.`);
  const counted = every(200, (count) => say(`${countWords(count)} objects verified so far`));
  const moved = await moveObjects({
    from: source,
    to: target,
    verified: journal.verified,
    onVerified: async (object) => {
      await journal.add(object);
      counted();
    },
  });
  for (const { key, words } of moved.failed) say(`failed: ${key}: ${words}`);
  say(summary(moved));
  if (moved.failed.length > 0) {
    say("Nothing was deleted. Start it again; what is verified is not copied again.");
    return 1;
  }
  if (clearSource) say(`${countWords(await clear(source, journal.verified))} objects deleted from ${from}.`);
  else say(`Nothing was deleted from ${from}. Once the app runs on ${to}, --clear-source does that.`);
  return 0;
}

function readArgs(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: "string" },
      to: { type: "string" },
      "clear-source": { type: "boolean", default: false },
    },
  });
  const from = driverOf("--from", values.from);
  const to = driverOf("--to", values.to);
  if (from === to) throw new Error(`--from and --to are the same: ${from}`);
  return { from, to, clearSource: values["clear-source"] };
}

function driverOf(name: string, value: string | undefined): StorageDriver {
  const driver = DRIVERS.find((one) => one === value);
  if (!driver)
    throw new Error(`${name} must be one of ${DRIVERS.join(", ")}, for example: --from disk --to s3`);
  return driver;
}

/** One line an object, appended once it is verified; a line that a crash cut off is read as none. */
async function openJournal(path: string) {
  await mkdir(join(path, ".."), { recursive: true });
  const text = await readFile(path, "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => /^([0-9a-f]{64}) (\d+) (\S+)$/.exec(line));
  const verified = new Map(lines.flatMap((line) => (line?.[3] ? [[line[3], Number(line[2])] as const] : [])));
  return {
    verified,
    async add({ key, size, sha256 }: { key: string; size: number; sha256: string }) {
      await appendFile(path, `\n${sha256} ${size} ${key}`);
      verified.set(key, size);
    },
  };
}

function summary({ copied, same, known, bytes, failed }: Moved): string {
  const counts = [
    `${countWords(copied)} copied`,
    `${countWords(same)} there already`,
    `${countWords(known)} known from an earlier run`,
    `${countWords(failed.length)} failed`,
  ];
  return `${counts.join(", ")}; ${bytesWords(bytes)} compared.`;
}

/** Only what was verified at its new place goes: the app may have written to the source meanwhile. */
async function clear(source: Storage, verified: ReadonlyMap<string, number>): Promise<number> {
  const keys: string[] = [];
  for await (const { key, size } of source.list("")) if (verified.get(key) === size) keys.push(key);
  for (let at = 0; at < keys.length; at += DELETED_AT_ONCE) {
    await source.delete(keys.slice(at, at + DELETED_AT_ONCE));
  }
  return keys.length;
}

function every(count: number, work: (done: number) => void): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (done % count === 0) work(done);
  };
}
