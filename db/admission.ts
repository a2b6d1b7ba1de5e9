import type postgres from "postgres";

type Pending = { enter(): void; refuse(error: Error): void };
/** What the driver calls when a statement is to be sent. */
type Sendable = { handler(query: unknown): void; reject(error: Error): void };

/**
 * Lets as many statements and transactions in as the pool has connections; the others wait here, first come, first
 * served, and fail after `patienceMs` as if the database were away (R88), so that a request never hangs on a full pool.
 * The driver itself would send them behind whatever runs on some connection, however long that takes.
 */
export function admit(
  client: postgres.Sql,
  { connections, patienceMs }: { connections: number; patienceMs: number },
): postgres.Sql {
  const gate = new Gate(connections, patienceMs);
  const unsafe = client.unsafe.bind(client);
  const begin = client.begin.bind(client);
  return Object.assign(client, {
    unsafe: (...statement: Parameters<typeof unsafe>) => {
      const query = unsafe(...statement);
      if (!isSendable(query)) return query;
      const { handler } = query;
      query.handler = (sent) =>
        gate.wait({
          enter: () => {
            // What a transaction's BEGIN took, its end gives back.
            const leave = () => gate.leave();
            query.then(isBegin(statement[2]) ? () => undefined : leave, leave);
            handler(sent);
          },
          refuse: (error) => query.reject(error),
        });
      return query;
    },
    begin: (work: (tx: postgres.TransactionSql) => unknown) => {
      let begun = false;
      const ended = begin((tx) => {
        begun = true;
        return work(tx);
      });
      const leave = () => {
        if (begun) gate.leave();
      };
      ended.then(leave, leave);
      return ended;
    },
  });
}

class Gate {
  #free: number;
  readonly #patienceMs: number;
  readonly #line = new Set<Pending>();

  constructor(places: number, patienceMs: number) {
    this.#free = places;
    this.#patienceMs = patienceMs;
  }

  wait({ enter, refuse }: Pending): void {
    if (this.#free > 0) {
      this.#free -= 1;
      enter();
      return;
    }
    const timer = setTimeout(() => {
      this.#line.delete(pending);
      refuse(poolIsFull());
    }, this.#patienceMs);
    const pending: Pending = {
      enter: () => {
        clearTimeout(timer);
        enter();
      },
      refuse,
    };
    this.#line.add(pending);
  }

  leave(): void {
    for (const next of this.#line) {
      this.#line.delete(next);
      next.enter();
      return;
    }
    this.#free += 1;
  }
}

/** 53300, too_many_connections: the server's own word for it. */
function poolIsFull(): Error {
  return Object.assign(new Error("every connection to the database is busy"), { code: "53300" });
}

function isSendable(query: object): query is object & Sendable {
  return "handler" in query && "reject" in query;
}

function isBegin(options: object | undefined): boolean {
  return options !== undefined && "onexecute" in options;
}
