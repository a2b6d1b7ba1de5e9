import "server-only";
import { sql } from "drizzle-orm";
import { transact } from "@/lib/events";

/** Asks for batches of what waits in an economy queue. Many calls within a second ask once. */
export async function askToFill(queue: string): Promise<number> {
  return transact(async (tx, emit) => {
    const [row] = await tx.execute<{ second: number }>(sql`
      select ceil(extract(epoch from clock_timestamp()))::int as second`);
    const second = row?.second ?? 0;
    emit({
      name: "economy/due",
      id: `economy:${queue}:${second}`,
      at: new Date(second * 1000),
      data: { queue },
    });
    return 0;
  });
}
