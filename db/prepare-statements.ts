import type postgres from "postgres";

/** A text that comes again and again is worth preparing; lists of ever other lengths are not. */
const WORTH_AFTER = 3;
/** Texts watched and prepared in one process: a connection keeps what it prepared for as long as it lives. */
const MOST_TEXTS = 1_000;

type Unsafe = postgres.Sql["unsafe"];

/**
 * Prepares the statements a process repeats. Written out anew, each costs a second round trip (its parameters are
 * described before they are bound) and is parsed again; drizzle has no switch for it with this driver.
 */
export function prepareStatements(client: postgres.Sql): postgres.Sql {
  const isWorthIt = repeatedTexts();
  const begin = client.begin.bind(client);
  return Object.assign(client, {
    unsafe: preparing(client.unsafe.bind(client), isWorthIt),
    begin: (work: (tx: postgres.TransactionSql) => unknown) =>
      begin((tx) => work(Object.assign(tx, { unsafe: preparing(tx.unsafe.bind(tx), isWorthIt) }))),
  });
}

function preparing(unsafe: Unsafe, isWorthIt: (text: string) => boolean): Unsafe {
  return (text, args, options) =>
    unsafe(text, args, args && args.length > 0 && isWorthIt(text) ? { ...options, prepare: true } : options);
}

/** Exported for its test: true from the third time of a text on, for as many texts as there is room for. */
export function repeatedTexts(): (text: string) => boolean {
  const times = new Map<string, number>();
  const worth = new Set<string>();
  return (text) => {
    if (worth.has(text)) return true;
    const seen = (times.get(text) ?? 0) + 1;
    if (seen >= WORTH_AFTER && worth.size < MOST_TEXTS) {
      times.delete(text);
      worth.add(text);
      return true;
    }
    if (times.size >= MOST_TEXTS) times.clear();
    times.set(text, seen);
    return false;
  };
}
