import { type SQL, sql } from "drizzle-orm";

/**
 * What a call counts for at the provider, as SQL over the aliases `i` (inputs) and `st` (steps): its images in, at
 * least 1. References of the input and of the session go along with every step.
 */
export function imageUnits(): SQL {
  return sql`greatest(1, (i.image_id is not null or st.fed_by[1] > 0)::int + cardinality(st.fed_by) - 1 + (
    select count(*) from inputs r where r.session_id = i.session_id and r.role = 'reference'
      and r.state = 'ready' and r.removed_at is null and not r.excluded
      and (r.for_input_id is null or r.for_input_id = i.id)))`;
}
