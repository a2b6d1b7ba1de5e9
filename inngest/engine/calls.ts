// Next loads modules several times in one process; only globalThis is common to them.
const shared = globalThis as typeof globalThis & { contactSheetCalls?: Calls };

type Calls = { running: Set<Promise<unknown>>; closed: boolean };

function calls(): Calls {
  shared.contactSheetCalls ??= { running: new Set(), closed: false };
  return shared.contactSheetCalls;
}

/** Runs one call of Inngest. Null once this process is stopping: it is made again, elsewhere or later. */
export async function takeCall<T>(work: () => Promise<T>): Promise<T | null> {
  const { running, closed } = calls();
  if (closed) return null;
  const call = work();
  running.add(call);
  try {
    return await call;
  } finally {
    running.delete(call);
  }
}

/** Takes no more calls; resolves when those under way have ended, or after `forMs`. Answers whether all have. */
export async function endCalls(forMs: number): Promise<boolean> {
  calls().closed = true;
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), forMs).unref());
  const ended = Promise.allSettled(calls().running).then(() => true);
  return Promise.race([ended, late]);
}
