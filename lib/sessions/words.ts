import { type Refused, refused } from "@/lib/result";

/** The answer for a session that is not there, is deleted, or belongs to someone else: always the same. */
export function gone(): Refused {
  return refused("not_found", "This session is not here any more. It may have been deleted.");
}
