import type postgres from "postgres";

/** Thrown by every statement of a worker that is dead. */
export class Killed extends Error {
  override readonly name = "Killed";
}

type Work = (tx: postgres.TransactionSql) => unknown;

/**
 * Lets this process die between two statements, as often as one likes: from the n-th point on nothing reaches the
 * database any more, and an open transaction is rolled back. A point lies before every statement, before every commit,
 * and after it, when the commit is done and nobody hears of it. Points are only counted while `counts` says so.
 */
export function makeMortal(counts: () => boolean) {
  const { client }: { client: postgres.Sql } = Reflect.get(globalThis, "contactSheetDb");
  const life = { points: 0, diesAt: Number.POSITIVE_INFINITY };
  const pass = () => {
    if (!counts()) return;
    life.points += 1;
    if (life.points >= life.diesAt) throw new Killed(`at point ${life.diesAt}`);
  };
  const mortal = <T extends postgres.Sql | postgres.TransactionSql>(sql: T): T => {
    const unsafe = sql.unsafe.bind(sql);
    return Object.assign(sql, {
      unsafe: (...query: Parameters<typeof unsafe>) => {
        pass();
        return unsafe(...query);
      },
    });
  };
  const begin: (work: Work) => Promise<unknown> = client.begin.bind(client);
  Object.assign(mortal(client), {
    begin: async (work: Work) => {
      const answer = await begin(async (tx) => {
        const made = await work(mortal(tx));
        pass();
        return made;
      });
      pass();
      return answer;
    },
  });
  return {
    /** Dies at that point, counted from now. */
    dieAt: (point: number) => Object.assign(life, { points: 0, diesAt: point }),
    revive: () => Object.assign(life, { diesAt: Number.POSITIVE_INFINITY }),
    points: () => life.points,
  };
}
