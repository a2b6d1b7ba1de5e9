import { setTimeout as sleep } from "node:timers/promises";
import { chance } from "../fake-provider/random";
import { RIG, type RigDatabase } from "./rig-database";

/**
 * From now on every `item/dispatched` job that is added is there twice, written in the same transaction: every other
 * time at once, else up to 8 s later, when the first has long ended.
 */
export async function deliverTwice(database: RigDatabase): Promise<void> {
  const done = await database.ask(async (sql) => {
    await sql`create schema chaos`;
    await sql`create table chaos.twice (key text primary key)`;
    await sql.unsafe(REPEAT);
    return true;
  });
  if (!done) throw new Error("the trigger that repeats jobs was not made");
}

const REPEAT = `
  create function chaos.repeat() returns trigger language plpgsql as $$
  declare late boolean := hashtext(new.key) % 2 = 0;
  begin
    insert into chaos.twice values (new.key) on conflict do nothing;
    perform graphile_worker.add_job(
      'item/dispatched', new.payload, job_key := new.key || ':again', priority := new.priority,
      run_at := case when late then now() + (abs(hashtext(new.key)) % 8000) * interval '1 ms' else now() end);
    return null;
  end $$;
  create trigger chaos_repeat after insert on graphile_worker._private_jobs
    for each row when (new.key like 'item:%' and new.key not like '%:again') execute function chaos.repeat();`;

/** How many events were sent twice so far. */
export async function countTwice(database: RigDatabase): Promise<number> {
  const rows = await database.ask((sql) => sql`select count(*)::int as n from chaos.twice`);
  return Number(rows?.[0]?.n ?? 0);
}

/** True once no event waits to be delivered; null when the database is away. */
export async function isQuiet(database: RigDatabase): Promise<boolean | null> {
  return database.ask(async (sql) => {
    const jobs = await sql`select 1 from graphile_worker._private_jobs where key like 'item:%' limit 1`;
    return jobs.length === 0;
  });
}

/** Ends one to three random connections of the app every 1 to 4 s. Answers how many it ended. */
export async function dropConnections({
  database,
  seed,
  signal,
}: {
  database: RigDatabase;
  seed: number;
  signal: AbortSignal;
}): Promise<number> {
  let dropped = 0;
  for (let turn = 0; !signal.aborted; turn += 1) {
    const draw = (use: string) => chance({ seed, call: turn, use });
    await sleep(1_000 + draw("drop") * 3_000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    const rows = await database.ask(
      (sql) => sql`
        select pg_terminate_backend(pid) from (
          select pid from pg_stat_activity
          where datname = current_database() and backend_type = 'client backend' and application_name <> ${RIG}
          order by random() limit ${1 + Math.floor(draw("how many") * 3)}) chosen`,
    );
    dropped += rows?.length ?? 0;
  }
  return dropped;
}
