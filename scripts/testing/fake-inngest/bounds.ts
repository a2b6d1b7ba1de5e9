import type { FakeEvent, FakeFunction } from "./wire";

type Bound = { name: string; limit: number };

/** Concurrency as functions ask for it: calls at once for each value of a key of the event's data. */
export class Bounds {
  private readonly running = new Map<string, number>();
  private readonly most = new Map<string, number>();
  private waiting: (() => void)[] = [];

  async within<T>(fn: FakeFunction, event: FakeEvent, work: () => Promise<T>): Promise<T> {
    const bounds = boundsOf(fn, event);
    while (bounds.some(({ name, limit }) => this.count(name) >= limit)) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    for (const { name } of bounds) this.add(name, 1);
    try {
      return await work();
    } finally {
      for (const { name } of bounds) this.add(name, -1);
      for (const go of this.waiting.splice(0)) go();
    }
  }

  peak(key: string, value: string): number {
    const counts = [...this.most].filter(([name]) => name.endsWith(`|${key}|${value}`)).map(([, n]) => n);
    return Math.max(0, ...counts);
  }

  private count(name: string): number {
    return this.running.get(name) ?? 0;
  }

  private add(name: string, by: number): void {
    const now = this.count(name) + by;
    this.running.set(name, now);
    this.most.set(name, Math.max(now, this.most.get(name) ?? 0));
  }
}

function boundsOf({ id, concurrency = [] }: FakeFunction, { data }: FakeEvent): Bound[] {
  if (typeof concurrency === "number") return [{ name: `${id}|all|`, limit: concurrency }];
  return concurrency.map(({ limit, key = "" }) => ({
    limit,
    name: `${id}|${key}|${String(data[key.replace(/^event\.data\./, "")] ?? "")}`,
  }));
}
