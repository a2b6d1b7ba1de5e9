import "server-only";
import { and, eq, ne, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { snippets, users } from "@/db/schema";
import { ok, type Result, refused } from "@/lib/result";
import { MAX_SNIPPETS } from "./constants";
import type { SnippetView } from "./types";

const VIEW = { id: snippets.id, name: snippets.name, text: snippets.text };

/** Keeps words under a name. A name that is taken, whatever its case, refuses, unless its words may be replaced. */
export async function saveSnippet({
  userId,
  name,
  text,
  replace = false,
}: {
  userId: string;
  name: string;
  text: string;
  replace?: boolean;
}): Promise<Result<SnippetView>> {
  return db().transaction(async (tx) => {
    await holdSnippets(tx, userId);
    const [known] = await tx.select(VIEW).from(snippets).where(named(userId, name));
    if (known && !replace) return taken(known.name);
    if (known) {
      const changed = await change(tx, { id: known.id, userId, set: { text } });
      return changed ? ok(changed) : gone();
    }
    const count = await tx.$count(snippets, eq(snippets.ownerId, userId));
    if (count >= MAX_SNIPPETS) return refused("too_many", TOO_MANY);
    const [made] = await tx.insert(snippets).values({ ownerId: userId, name, text }).returning(VIEW);
    if (!made) throw new Error("the snippet was not made");
    return ok(made);
  });
}

export async function renameSnippet({
  userId,
  snippetId,
  name,
}: {
  userId: string;
  snippetId: string;
  name: string;
}): Promise<Result<SnippetView>> {
  return db().transaction(async (tx) => {
    await holdSnippets(tx, userId);
    const [other] = await tx
      .select(VIEW)
      .from(snippets)
      .where(and(named(userId, name), ne(snippets.id, snippetId)));
    if (other) return taken(other.name);
    const renamed = await change(tx, { id: snippetId, userId, set: { name } });
    return renamed ? ok(renamed) : gone();
  });
}

/** Answers what it was, for undo: saving it again brings it back. */
export async function deleteSnippet({
  userId,
  snippetId,
}: {
  userId: string;
  snippetId: string;
}): Promise<Result<SnippetView>> {
  const [deleted] = await db()
    .delete(snippets)
    .where(and(eq(snippets.id, snippetId), eq(snippets.ownerId, userId)))
    .returning(VIEW);
  return deleted ? ok(deleted) : gone();
}

/** One change of an owner's snippets at a time, so that two cannot both find a name free or count below the limit. */
async function holdSnippets(tx: Transaction, userId: string) {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
}

function named(userId: string, name: string) {
  return and(eq(snippets.ownerId, userId), eq(sql`lower(${snippets.name})`, sql`lower(${name})`));
}

async function change(
  tx: Transaction,
  { id, userId, set }: { id: string; userId: string; set: { name: string } | { text: string } },
): Promise<SnippetView | undefined> {
  const [changed] = await tx
    .update(snippets)
    .set({ ...set, updatedAt: sql`now()` })
    .where(and(eq(snippets.id, id), eq(snippets.ownerId, userId)))
    .returning(VIEW);
  return changed;
}

function taken(name: string) {
  return refused(
    "taken",
    `There is a snippet called "${name}" already. Nothing was changed; choose another name.`,
  );
}

function gone() {
  return refused("not_found", "This snippet is not here any more. It may have been deleted in another tab.");
}

const TOO_MANY = `There are ${MAX_SNIPPETS} snippets; that is the limit. Delete one, then save this one.`;
