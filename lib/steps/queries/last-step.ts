import "server-only";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * Id of the step whose results stand for a session: the last enabled one that has run. A step added after the run
 * changes nothing for whoever looks at the results, until it runs too. Null before the first run.
 */
export function lastStepId(sessionId: string | SQLWrapper): SQL<string | null> {
  return sql<string | null>`(
    select st.id from steps st
    where st.session_id = ${sessionId} and st.position is not null and st.enabled
      and exists (select 1 from items ran where ran.step_id = st.id)
    order by st.position desc limit 1)`;
}
