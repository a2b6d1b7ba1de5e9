import { dispatch as dispatchItems } from "@/lib/items/mutations/dispatch";
import { onEvent } from "../define";
import { connectionDue } from "../events";

/** Something that held a connection's items up is over: hand them out. */
export const wakeConnection = onEvent(
  { id: "wake-connection", retries: 3 },
  connectionDue,
  async ({ connection }, { step }) => {
    await step.run("dispatch", () => dispatchItems(connection));
  },
);
