import "server-only";
import { eq } from "drizzle-orm";
import { db } from "@/db";
import { snippets } from "@/db/schema";
import type { SnippetView } from "./types";

/** All of a person's snippets by name. */
export function listSnippets({ personId }: { personId: string }): Promise<SnippetView[]> {
  const { id, name, text } = snippets;
  return db().select({ id, name, text }).from(snippets).where(eq(snippets.ownerId, personId)).orderBy(name);
}
