import postgres from "postgres";
import { migrate } from "../db/migrate";
import { env } from "../lib/env";

// Run by `npm start` before web and worker: a wrong configuration or an unreachable database is said here, once.
prepare().catch((error) => {
  console.error(wordsFor(error));
  process.exit(1);
});

async function prepare() {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = env();
  const url = DATABASE_DIRECT_URL ?? DATABASE_URL;
  await migrate(url);
  const hash = process.env.OWNER_LINK_HASH;
  if (hash) await addOwnerLink(url, hash);
}

async function addOwnerLink(url: string, hash: string) {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await client`delete from owner_links where expires_at < now() - interval '1 day'`;
  await client`
    insert into owner_links (token_hash, expires_at) values (${hash}, now() + interval '10 minutes')`;
  await client.end();
}

function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  const { host, pathname } = new URL(process.env.DATABASE_URL ?? "postgres://unknown");
  if (["ECONNREFUSED", "ENOTFOUND", "CONNECT_TIMEOUT", "ETIMEDOUT", "EAI_AGAIN"].includes(code)) {
    return `No Postgres answers at ${host} (${code}). Start it, or check DATABASE_URL.`;
  }
  if (["28P01", "28000"].includes(code)) {
    return `The Postgres at ${host} refuses this user or password. Check DATABASE_URL.`;
  }
  if (code === "3D000")
    return `The Postgres at ${host} has no database ${pathname.slice(1)}. Create it first.`;
  return error.message;
}
