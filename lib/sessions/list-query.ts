import { z } from "zod";

const querySchema = z.object({
  search: z.string().max(120).catch(""),
  filter: z.enum(["all", "running", "drafts", "finished"]).catch("all"),
  /** As listSessions gave it: seconds since 1970 with microseconds. */
  before: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,6})?$/)
    .optional()
    .catch(undefined),
});

export type SessionListQuery = z.infer<typeof querySchema>;

/** The list's part of an address. What cannot be read counts as not there. */
export function readListQuery(params: Record<string, unknown>): SessionListQuery {
  return querySchema.parse({ search: params.q, filter: params.show, before: params.before });
}

/** The whole list from its top: nothing is filtered, searched or left behind. */
export function isNewest({ search, filter, before }: SessionListQuery): boolean {
  return search === "" && filter === "all" && before === undefined;
}
