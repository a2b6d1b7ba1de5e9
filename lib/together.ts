type Waiting<Ask, Answer> = { ask: Ask; resolve(answer: Answer): void; reject(error: unknown): void };

/**
 * Runs of `work` for one key follow each other, and whatever was asked for during one is served by the next together:
 * for work behind a lock that does as much for many as for one. What is asked for is always served by a run that begins
 * after it, whose answer, or error, everybody it served gets.
 */
export function together<Ask, Answer>(
  work: (key: string, asked: readonly Ask[]) => Promise<Answer>,
): (key: string, ask: Ask) => Promise<Answer> {
  const waiting = new Map<string, Waiting<Ask, Answer>[]>();

  async function serve(key: string, first: Waiting<Ask, Answer>[]) {
    for (let served = first; served.length > 0; served = waiting.get(key)?.splice(0) ?? []) {
      try {
        const answer = await work(
          key,
          served.map(({ ask }) => ask),
        );
        for (const { resolve } of served) resolve(answer);
      } catch (error) {
        for (const { reject } of served) reject(error);
      }
    }
    waiting.delete(key);
  }

  return (key, ask) =>
    new Promise((resolve, reject) => {
      const one = { ask, resolve, reject };
      const others = waiting.get(key);
      if (others) {
        others.push(one);
        return;
      }
      waiting.set(key, []);
      void serve(key, [one]);
    });
}
