import { mailFinish } from "@/lib/notices/mutations";
import { recordFinish } from "@/lib/sessions/mutations/record-finish";
import { onEvent } from "../define";
import { sessionFinished } from "../events";

/** A session's last item settled. Its row says so already; this writes it down and tells the owner. */
export const finishSession = onEvent(
  { id: "finish-session", retries: 3 },
  sessionFinished,
  async ({ sessionId }, { step }) => {
    await step.run("record", () => recordFinish({ sessionId }));
    await step.run("mail", () => mailFinish({ sessionId }));
  },
);
