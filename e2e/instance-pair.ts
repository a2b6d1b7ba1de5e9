import { startPostgres } from "@/scripts/postgres.mjs";
import { joinDatabase } from "./owned-sessions";
import { type RoundRobin, startRoundRobin } from "./round-robin";
import { startWebInstance, type WebInstance } from "./web-instance";

export type InstancePair = {
  /** The address people open. */
  proxy: RoundRobin;
  databaseUrl: string;
  addresses(): string[];
  /** As a deployment does it: out of the balancer, stopped, and another in its place. The requests it has are cut off. */
  replace(at: 0 | 1): Promise<void>;
  stop(): Promise<void>;
};

/** Two web processes that share nothing but the database and the files of a running app, behind a proxy that takes turns. */
export async function startInstancePair(dataDir: string): Promise<InstancePair> {
  const databaseUrl = (await startPostgres({ dataDir })).url;
  const proxy = await startRoundRobin();
  await joinDatabase({ address: proxy.address, dataDir, databaseUrl: async () => databaseUrl });
  const start = () => startWebInstance({ app: { dataDir, databaseUrl, publicUrl: proxy.address } });
  const instances: WebInstance[] = await Promise.all([start(), start()]);
  const addresses = () => instances.map(({ address }) => address);
  proxy.take(addresses());
  return {
    proxy,
    databaseUrl,
    addresses,
    async replace(at) {
      const [old] = instances.splice(at, 1);
      proxy.take(addresses());
      await old?.stop();
      instances.splice(at, 0, await start());
      proxy.take(addresses());
    },
    async stop() {
      await Promise.all(instances.map(({ stop }) => stop()));
      await proxy.close();
    },
  };
}
