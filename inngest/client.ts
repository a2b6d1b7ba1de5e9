import { Inngest } from "inngest";
import { log } from "@/lib/log";

/** Reads INNGEST_* itself. Without them it is only used to describe functions; the embedded engine runs them. */
export const inngest = new Inngest({
  id: "contact-sheet",
  logger: {
    debug: (...said) => log.debug("inngest", fieldsOf(said)),
    info: (...said) => log.debug("inngest", fieldsOf(said)),
    warn: (...said) => log.warn("inngest", fieldsOf(said)),
    // Anybody can make it say that a signature is wrong.
    error: (...said) => log.warn("inngest", fieldsOf(said)),
  },
});

function fieldsOf(said: unknown[]): Record<string, unknown> {
  const words = said.filter((one) => typeof one === "string").join(" ");
  const error = said.map(errorOf).find((one) => one !== undefined);
  return { words, ...(error && { error }) };
}

function errorOf(said: unknown): Error | undefined {
  if (said instanceof Error) return said;
  if (typeof said !== "object" || said === null || !("err" in said)) return undefined;
  return said.err instanceof Error ? said.err : undefined;
}
