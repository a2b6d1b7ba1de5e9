import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, timestamptz } from "../columns";
import { users } from "./users";

export const DIALECTS = ["openai", "sd-server", "localai", "vllm-omni", "sglang"] as const;

/** A person's way to a provider: an address, how it speaks, and a key that is only ever stored sealed. */
export const connections = pgTable(
  "connections",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    label: text().notNull(),
    dialect: text({ enum: DIALECTS }).notNull(),
    /** Null: the provider's own address. */
    baseUrl: text(),
    /** AES-256-GCM under the installation's key; null where the server asks for none. */
    sealedKey: text(),
    keyLast4: text(),
    /** Model ids the server named when it was last tested. */
    models: jsonb().$type<string[]>().notNull().default([]),
    testedAt: timestamptz(),
    createdAt: createdAt(),
    /** Set when its owner takes it away: nothing is sent through it any more, its key is erased. */
    revokedAt: timestamptz(),
  },
  (t) => [index("connections_owner_idx").on(t.ownerId)],
);

export type ConnectionRow = typeof connections.$inferSelect;
