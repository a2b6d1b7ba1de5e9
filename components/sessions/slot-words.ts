import type { ItemCounts, SessionSlots } from "@/lib/sessions/wire";
import { countWords, plural } from "@/lib/words";

/** "12 running · next slot in 4 s": how calls get through. `now` is the server's clock, ms. */
export function slotWords(
  { nextAt, ratePerMinute, blockedWhy }: SessionSlots,
  { counts, now }: { counts: ItemCounts; now: number },
): string {
  const waits = counts.queued + counts.waiting > 0;
  const left = nextAt === null ? 0 : nextAt - now;
  const next = waits && left > 0 && !blockedWhy ? `next slot in ${seconds(left)}` : "";
  const rate = waits && ratePerMinute !== null ? `${rateWords(ratePerMinute)} a minute` : "";
  return [`${countWords(counts.running)} running`, next, rate].filter(Boolean).join(" · ");
}

/** While the provider holds everything up: why, what is kept, how long (UX.md 2.7, 9). Null: it does not. */
export function holdUpWords(
  { blockedWhy, nextAt }: SessionSlots,
  { counts, now }: { counts: ItemCounts; now: number },
): string | null {
  const waits = counts.queued + counts.waiting;
  const left = nextAt === null ? 0 : nextAt - now;
  if (!blockedWhy || left <= 0 || waits === 0) return null;
  const kept = `${plural(waits, "image")} ${waits === 1 ? "keeps its" : "keep their"} place. Nothing to do: it goes on in ${seconds(left)}.`;
  switch (blockedWhy) {
    case "rate_limited":
      return `The provider asks us to slow down. ${kept}`;
    case "overloaded":
      return `The provider is overloaded. ${kept}`;
    case "failing":
      return `The provider fails too often. ${kept}`;
  }
}

function seconds(ms: number): string {
  const whole = Math.ceil(ms / 1_000);
  return whole < 120 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
}

function rateWords(perMinute: number): string {
  return plural(perMinute >= 10 ? Math.round(perMinute) : Math.round(perMinute * 10) / 10, "image");
}
