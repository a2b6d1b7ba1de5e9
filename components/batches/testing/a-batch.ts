import type { BatchView } from "@/lib/batches/types";

let made = 0;

/** A batch of 60 at the provider, unless told otherwise. */
export function aBatch(over: Partial<BatchView> = {}): BatchView {
  made += 1;
  return {
    id: `batch ${made}`,
    state: "sent",
    lines: 60,
    done: 0,
    failed: 0,
    sentAt: 1_000,
    expiresAt: 86_401_000,
    cancelling: false,
    words: null,
    ...over,
  };
}
