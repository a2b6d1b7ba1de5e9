import "server-only";
import { eq } from "drizzle-orm";
import { db } from "@/db";
import { snippets } from "@/db/schema";
import type { SnippetView } from "./types";

/** All snippets of a workspace by name. */
export function listSnippets({ userId }: { userId: string }): Promise<SnippetView[]> {
  const { id, name, text } = snippets;
  return db().select({ id, name, text }).from(snippets).where(eq(snippets.ownerId, userId)).orderBy(name);
}
