import { setTimeout as sleep } from "node:timers/promises";
import type { ItemStatus } from "@/db/schema/items";
import type { SheetClient } from "@/e2e/sheet-client";
import type { ChangesAnswer, ItemCounts } from "@/lib/sessions/wire";

const EVERY_MS = 300;
const ENDED: ItemStatus[] = ["completed", "failed", "blocked"];

/** A page that is open all the time: it asks for what changed, and believes what it was told. */
export class SessionWatch {
  readonly statuses = new Map<string, ItemStatus>();
  /** When answers came, ms since 1970. */
  readonly answeredAt: number[] = [];
  counts: ItemCounts | null = null;
  state: ChangesAnswer["state"] = "running";
  pauseReason: string | null = null;
  private cursor = 0;
  private readonly ending = new AbortController();
  private readonly over: Promise<void>;

  constructor(
    private readonly client: SheetClient,
    private readonly sessionId: string,
  ) {
    this.over = this.look();
  }

  settled(): number {
    return [...this.statuses.values()].filter((status) => ENDED.includes(status)).length;
  }

  /** Looks once more, then stops. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.over;
    await this.ask();
  }

  private async look(): Promise<void> {
    while (!this.ending.signal.aborted) {
      await this.ask().catch(() => undefined);
      await sleep(EVERY_MS, undefined, { signal: this.ending.signal }).catch(() => undefined);
    }
  }

  private async ask(): Promise<void> {
    const path = `/api/sessions/${this.sessionId}/changes?since=${this.cursor}`;
    const response = await this.client.get(path, { signal: AbortSignal.timeout(10_000) });
    if (response.status === 304) this.answeredAt.push(Date.now());
    if (response.status !== 200) return;
    const answer: ChangesAnswer = await response.json();
    this.answeredAt.push(Date.now());
    const { items, cursor } = answer.reset ? await this.client.rows(this.sessionId) : answer;
    for (const [id, , , , , status] of items) this.statuses.set(id, status);
    this.cursor = cursor;
    this.counts = answer.counts;
    this.state = answer.state;
    this.pauseReason = answer.pauseReason;
  }
}
