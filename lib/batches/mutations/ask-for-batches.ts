import "server-only";
import { transact } from "@/lib/events";
import { dueBatches } from "../queries/due-batches";

/** Sends word of every batch it is time to look at, for those whose own event got lost. Answers how many. */
export async function askForBatches(): Promise<number> {
  const due = await dueBatches();
  if (due.length === 0) return 0;
  const minute = Math.floor(Date.now() / 60_000);
  await transact(async (_, emit) => {
    for (const { id, polls } of due) {
      emit({ name: "batch/due", id: `batch:${id}:${polls}:${minute}`, data: { batchId: id } });
    }
  });
  return due.length;
}
