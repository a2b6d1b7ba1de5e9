import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";

type Work = (tx: postgres.TransactionSql) => unknown;

/** A connection that is lost closes at once; one that has not by then was not lost. */
const CLOSING_MS = 5_000;

/**
 * Keeps a lost connection from ending the process: postgres.js 3.4.9 writes a transaction's next statement, its
 * ROLLBACK or its COMMIT to the socket that is gone, and throws from a timer where nobody can catch it
 * (porsager/postgres#1208). Here a transaction says nothing more once its connection is lost; `begin` rejects by itself
 * when the connection closes.
 */
export function guardTransactions(client: postgres.Sql): postgres.Sql {
  const begin: (work: Work) => Promise<unknown> = client.begin.bind(client);
  return Object.assign(client, {
    begin: (work: Work) => {
      const life = { lost: false };
      const ended = begin((tx) => live(work, tx, life));
      ended.catch(() => {
        life.lost = true;
      });
      return ended;
    },
  });
}

/** Runs the work; when its connection is lost it neither returns nor throws, so that nothing is written after it. */
async function live(work: Work, tx: postgres.TransactionSql, life: { lost: boolean }): Promise<unknown> {
  try {
    const answer = await work(silencedOnLoss(tx, life));
    return life.lost ? NEVER : answer;
  } catch (error) {
    if (isLoss(error)) await sleep(life.lost ? 0 : CLOSING_MS, undefined, { ref: false });
    if (life.lost) return NEVER;
    throw error;
  }
}

const NEVER = new Promise<never>(() => {});

function silencedOnLoss(tx: postgres.TransactionSql, life: { lost: boolean }): postgres.TransactionSql {
  const unsafe = tx.unsafe.bind(tx);
  return Object.assign(tx, {
    unsafe: (...query: Parameters<typeof unsafe>) => {
      if (life.lost) throw Object.assign(new Error("the connection is lost"), { code: "CONNECTION_CLOSED" });
      return unsafe(...query);
    },
  });
}

/** Errors after which the server or the socket closes: shut down by an operator or a crash, or broken off. */
function isLoss(error: unknown): boolean {
  const codes: string[] = [];
  for (let link = error; link instanceof Error && codes.length < 8; link = link.cause) {
    if ("code" in link) codes.push(String(link.code));
  }
  return codes.some((code) =>
    /^(57P0[123]|CONNECTION_(CLOSED|DESTROYED|ENDED)|ECONNRESET|EPIPE)$/.test(code),
  );
}
