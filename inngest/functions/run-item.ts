import { whileDatabaseAway } from "@/lib/database-away";
import { makeResult } from "@/lib/items/make-result";
import { beginAttempt } from "@/lib/items/mutations/begin-attempt";
import { dispatch as dispatchItems } from "@/lib/items/mutations/dispatch";
import { endAttempt } from "@/lib/items/mutations/end-attempt";
import { giveUpItem } from "@/lib/items/mutations/give-up-item";
import { onEvent } from "../define";
import { itemDispatched } from "../events";

/** One try at one item: begin, make and store, settle, hand out the next. The row is the state at every point. */
export const runItem = onEvent(
  {
    id: "run-item",
    retries: 3,
    boundBy: ["ownerId", "connection"],
    pacedBy: "connection",
    startWithin: "10m",
  },
  itemDispatched,
  async (data, { step, runId }) => {
    const begun = await step.run("begin", () => whileDatabaseAway(() => beginAttempt({ ...data, runId })));
    if (!begun) return;
    if ("returned" in begun) {
      await step.run("give-back", () => dispatchItems(begun.returned.connection, begun.returned));
      return;
    }
    const outcome = await step.run("make", () => makeResult(begun));
    if (outcome.kind === "stale") return;
    const settled = await step.run("settle", () => whileDatabaseAway(() => endAttempt(begun, outcome)));
    if (!settled) return;
    await step.run("dispatch", () => dispatchItems(settled.connection, settled));
  },
  giveUpItem,
);
