import { claimBatches } from "@/lib/batches/mutations/claim-batch";
import { onEvent } from "../define";
import { economyDue } from "../events";

/** Items of an economy queue wait: takes them into batches, which then go on by themselves. */
export const fillBatches = onEvent(
  { id: "fill-batches", retries: 3 },
  economyDue,
  async ({ queue }, { step }) => {
    await step.run("claim", () => claimBatches(queue));
  },
);
