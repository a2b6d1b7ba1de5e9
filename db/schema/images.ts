import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id } from "../columns";
import { users } from "./users";

/** Stored pixels. The same bytes of one owner are one row; thumbnails live at keys derived from owner and hash. */
export const images = pgTable(
  "images",
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Lower-case hex of the stored bytes. */
    sha256: text().notNull(),
    bytes: bigint({ mode: "number" }).notNull(),
    /** Pixels as seen upright, after EXIF orientation. */
    width: integer().notNull(),
    height: integer().notNull(),
    format: text({ enum: ["jpeg", "png", "webp"] }).notNull(),
    alpha: boolean().notNull(),
    storageKey: text().notNull(),
    /** ThumbHash, base64 (at most 40 characters). */
    thumbhash: text().notNull(),
    /** 64-bit difference hash as 16 hex digits; near-duplicates have a small Hamming distance. */
    phash: text(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("images_owner_sha_key").on(t.ownerId, t.sha256),
    index("images_storage_key_idx").on(t.storageKey),
  ],
);

export type Image = typeof images.$inferSelect;
