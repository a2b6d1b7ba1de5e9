import postgres from "postgres";
import { env } from "@/lib/env";
import { registerWorker, unregisterWorker, WORKER_LOCK_CLASS } from "@/lib/limits/mutations";
import { ownCores } from "@/lib/limits/queries";
import { setCurrentWorkerId } from "@/lib/limits/worker-identity";
import { log } from "@/lib/log";

const BEAT_MS = 1_500;

export type Life = {
  /** `clean`: nothing of ours runs any more, so nothing has to be taken back. */
  end(options: { clean: boolean }): Promise<void>;
};

/**
 * Shows that this worker lives: a row that is beaten and an advisory lock that the database frees the moment this
 * process is gone.
 */
export async function startLife({
  engine,
  poolIds,
}: {
  engine: "embedded" | "inngest";
  poolIds: () => string[];
}): Promise<Life> {
  const { id, lockKey } = await registerWorker({ engine, cores: ownCores() });
  setCurrentWorkerId(id);
  const connection = postgres(env().DATABASE_URL, {
    max: 1,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => {},
  });
  const turn = () => beat(connection, { id, lockKey, poolIds: poolIds() });
  await turn().catch(async (error) => {
    await connection.end({ timeout: 2 });
    throw error;
  });
  const timer = setInterval(() => turn().catch((error) => log.debug("no beat", { error })), BEAT_MS);
  return {
    async end({ clean }) {
      clearInterval(timer);
      if (clean) await unregisterWorker(id).catch(() => undefined);
      await connection.end({ timeout: 2 });
    },
  };
}

/**
 * Says that the worker lives and under which ids its jobs are locked, and holds its lock: after a database restart it
 * is gone and is taken again. One statement, since every worker asks it all the time.
 */
async function beat(
  connection: postgres.Sql,
  { id, lockKey, poolIds }: { id: string; lockKey: number; poolIds: string[] },
) {
  await connection`
    with held as materialized (
      select case when exists (
        select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
          and classid::bigint = ${WORKER_LOCK_CLASS} and objid::bigint = ${lockKey})
      then true else pg_try_advisory_lock(${WORKER_LOCK_CLASS}::int, ${lockKey}::int) end as lock
    )
    update workers set beat_at = now(),
      pool_ids = (select array(select jsonb_array_elements_text(${JSON.stringify(poolIds)}::text::jsonb)))
    from held where id = ${id} and held.lock is not null`;
}
