import "server-only";
import { sql } from "drizzle-orm";
import { transact } from "@/lib/events";
import { workerCores } from "@/lib/limits/queries";
import { PROBE_LEASE_SECONDS, PROBES_PER_CORE } from "../constants";

/** Hands uploaded files out to be probed, fairly between owners. Like items, they wait as rows, not as jobs. */
export async function dispatchProbes(): Promise<number> {
  return transact(async (tx, emit) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('dispatch-probes'))`);
    const slots = (await workerCores(tx)) * PROBES_PER_CORE;
    const handed = await tx.execute<{ id: string; probes: number; owner_id: string }>(sql`
      with busy as (
        select owner_id, count(*) as n from inputs
        where state = 'probing' and probe_lease_until is not null group by owner_id
      ), slots as (
        select greatest(0, ${slots} - coalesce(sum(n), 0))::int as free from busy
      ), picked as (
        select c.id from (select distinct owner_id from inputs where state = 'probing') o
        cross join lateral (
          select id, owner_id, updated_at, row_number() over (order by updated_at, id) as turn from inputs
          where state = 'probing' and owner_id = o.owner_id and probe_lease_until is null
          order by updated_at, id limit (select free from slots)
        ) c
        left join busy b on b.owner_id = c.owner_id
        order by coalesce(b.n, 0) + c.turn, c.updated_at limit (select free from slots)
      )
      update inputs set probes = probes + 1, probe_worker_id = null,
        probe_lease_until = now() + make_interval(secs => ${PROBE_LEASE_SECONDS})
      where id in (select id from picked) and state = 'probing' and probe_lease_until is null
      returning id, probes, owner_id`);
    for (const { id, probes, owner_id: ownerId } of handed) {
      emit({
        name: "input/probe.requested",
        id: `probe:${id}:${probes}`,
        data: { inputId: id, probe: probes, ownerId },
      });
    }
    return handed.length;
  });
}
