import { Inngest } from "inngest";

/** Reads INNGEST_* itself. Without them it is only used to describe functions; the embedded engine runs them. */
export const inngest = new Inngest({ id: "contact-sheet" });
