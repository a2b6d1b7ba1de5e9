import { advanceBatch } from "@/lib/batches/mutations/advance-batch";
import { onEvent } from "../define";
import { batchDue } from "../events";

/** Stretches of one run: enough to put a full batch together. What is left is due at once, and found by the reconciler. */
const MOST = 40;

/** A batch goes on from where its row says it is, until it has to wait for something. */
export const watchBatch = onEvent(
  { id: "watch-batch", retries: 3 },
  batchDue,
  async ({ batchId }, { step }) => {
    for (let stretch = 1; stretch <= MOST; stretch += 1) {
      if (!(await step.run(`stretch-${stretch}`, () => advanceBatch(batchId)))) return;
    }
  },
);
