import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { db } from "@/db";

/** No key, password or secret of the installation in a log, on the terminal or in a row (I8). */
export async function checkSecrets({
  dataDir,
  apiKey,
  databaseUrl,
  texts,
}: {
  dataDir: string;
  apiKey: string;
  databaseUrl: string;
  /** What else was written, by name. */
  texts: Record<string, string>;
}): Promise<string[]> {
  const made: Record<string, string> = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
  const secrets = { ...made, OPENAI_API_KEY: apiKey, password: new URL(databaseUrl).password };
  const logs = join(dataDir, "logs");
  const written = {
    ...texts,
    ...Object.fromEntries(readdirSync(logs).map((name) => [name, readFileSync(join(logs, name), "utf8")])),
    rows: await rowsWith(Object.values(secrets)),
  };
  return Object.entries(written).flatMap(([where, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) => text.includes(secret))
      .map(([name]) => `${name} stands in ${where}`),
  );
}

/** Rows of what happened that hold one of the secrets. */
async function rowsWith(secrets: string[]): Promise<string> {
  const found: string[] = [];
  for (const table of ["public.attempts", "public.audit", "graphile_worker._private_jobs"]) {
    for (const secret of secrets) {
      const rows = await db().execute<{ text: string }>(
        sql`select t::text as text from ${sql.raw(table)} t where strpos(t::text, ${secret}) > 0 limit 1`,
      );
      found.push(...rows.map(({ text }) => text));
    }
  }
  return found.join("\n");
}
