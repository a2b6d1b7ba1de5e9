import postgres from "postgres";
import { postmaster } from "./processes";

/** How the rig's own connection is called, so that it is not among those it drops. */
export const RIG = "chaos-rig";

/** The rig's way into the app's database, which goes away and may come back at another port. */
export class RigDatabase {
  private client: postgres.Sql | null = null;

  constructor(private readonly where: { home: string; url: string }) {}

  /** Null when the database is away. */
  async ask<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T | null> {
    try {
      this.client ??= this.connect();
      return this.client ? await work(this.client) : null;
    } catch {
      await this.close();
      return null;
    }
  }

  async close(): Promise<void> {
    const open = this.client;
    this.client = null;
    await open?.end({ timeout: 1 }).catch(() => undefined);
  }

  private connect(): postgres.Sql | null {
    const server = postmaster(this.where.home);
    if (!server) return null;
    const url = new URL(this.where.url);
    url.port = String(server.port);
    return postgres(url.href, {
      max: 1,
      connect_timeout: 3,
      onnotice: () => {},
      connection: { application_name: RIG, statement_timeout: 5_000 },
    });
  }
}
