import "server-only";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { db, type Queryable } from "@/db";
import { connections, recipes, recipeVersions, sessions } from "@/db/schema";
import { ENV_CONNECTION } from "@/lib/connections/constants";
import { envConnection } from "@/lib/connections/env-connection";
import { listModelChoices } from "@/lib/connections/queries";
import type { Dialect } from "@/lib/connections/types";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { newSettings } from "@/lib/sessions/queries/new-settings";
import { baseOf, listChain, toStepContent } from "@/lib/steps/queries/list-chain";
import { safeSegment } from "@/lib/zip/safe-segment";
import { MAX_RECIPE_VERSIONS, MAX_RECIPES, RECIPE_FILE_ENDING } from "./constants";
import { ownPrompts } from "./draft-of";
import { withoutIds } from "./file-connections";
import type { Workplace } from "./fit-recipe";
import { writeRecipeFile } from "./recipe-file";
import type { RecipeContent, RecipeDetails, RecipeRow } from "./types";

/** Recipes of a workspace at their newest version, the one saved last first. `search`: in names and prompts. */
export async function listRecipes({
  userId,
  search = "",
}: {
  userId: string;
  search?: string;
}): Promise<RecipeRow[]> {
  const like = `%${search.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
  const mentions = sql`(${recipes.name} ilike ${like} or exists (
    select 1 from jsonb_array_elements(${recipeVersions.content} -> 'steps') step where step ->> 'prompt' ilike ${like}))`;
  const rows = await db()
    .select({
      id: recipes.id,
      versionId: recipeVersions.id,
      name: recipes.name,
      version: recipes.version,
      prompts: PROMPTS,
      updatedAt: recipes.updatedAt,
    })
    .from(recipes)
    .innerJoin(recipeVersions, isNewest)
    .where(and(isLive(userId), search ? mentions : undefined))
    .orderBy(desc(recipes.updatedAt), desc(recipes.id))
    .limit(MAX_RECIPES);
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.getTime() }));
}

/** A recipe with its versions, the newest first; null when it is not that workspace's. */
export async function getRecipe({
  userId,
  recipeId,
}: {
  userId: string;
  recipeId: string;
}): Promise<RecipeDetails | null> {
  const [recipe] = await db()
    .select({ id: recipes.id, name: recipes.name, version: recipes.version })
    .from(recipes)
    .where(and(eq(recipes.id, recipeId), isLive(userId)));
  if (!recipe) return null;
  const { id, version, createdAt } = recipeVersions;
  const versions = await db()
    .select({ id, version, prompts: PROMPTS, createdAt })
    .from(recipeVersions)
    .where(and(eq(recipeVersions.recipeId, recipeId), eq(recipeVersions.ownerId, userId)))
    .orderBy(desc(version))
    .limit(MAX_RECIPE_VERSIONS);
  return {
    ...recipe,
    versions: versions.map((row) => ({ ...row, createdAt: row.createdAt.getTime() })),
  };
}

/** What a version keeps, with its recipe's name; null when it is not that workspace's. */
export async function findVersion({
  userId,
  versionId,
}: {
  userId: string;
  versionId: string;
}): Promise<{ name: string; version: number; content: RecipeContent } | null> {
  const { version, content } = recipeVersions;
  const [row] = await db()
    .select({ name: recipes.name, version, content })
    .from(recipeVersions)
    .innerJoin(recipes, eq(recipes.id, recipeVersions.recipeId))
    .where(and(eq(recipeVersions.id, versionId), isLive(userId)));
  return row ?? null;
}

/** A version, the newest by default, as a file; null when it is not that workspace's. */
export async function exportRecipe({
  userId,
  recipeId,
  version,
}: {
  userId: string;
  recipeId: string;
  version?: number;
}): Promise<{ fileName: string; text: string } | null> {
  const [row] = await db()
    .select({ name: recipes.name, content: recipeVersions.content })
    .from(recipes)
    .innerJoin(
      recipeVersions,
      version === undefined
        ? isNewest
        : and(eq(recipeVersions.recipeId, recipes.id), eq(recipeVersions.version, version)),
    )
    .where(and(eq(recipes.id, recipeId), isLive(userId)));
  if (!row) return null;
  const content = withoutIds(row.content, await listKinds({ userId }));
  return { fileName: safeSegment(row.name, RECIPE_FILE_ENDING), text: writeRecipeFile(row.name, content) };
}

/** What a session would be as a recipe: its settings and chain, each step with its own prompt; null: no such session. */
export async function contentOfSession(
  tx: Queryable,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<RecipeContent | null> {
  const [session] = await tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.ownerId, userId), isNull(sessions.deletedAt)));
  if (!session) return null;
  const { prompt, settings } = baseOf(session);
  const steps = (await listChain(sessionId, tx)).map(toStepContent);
  return { settings: { ...DEFAULT_SETTINGS, ...settings }, steps: ownPrompts({ prompt, steps }) };
}

/** What there is to run recipes with. */
export async function getWorkplace({ userId }: { userId: string }): Promise<Workplace> {
  const [choices, kinds, fallback] = await Promise.all([
    listModelChoices({ userId }),
    listKinds({ userId }),
    newSettings({ userId }),
  ]);
  return { choices, kinds, fallback };
}

/** The kind of each connection of a workspace by its key, also of those that were taken away. */
async function listKinds({ userId }: { userId: string }): Promise<Map<string, Dialect>> {
  const rows = await db()
    .select({ id: connections.id, dialect: connections.dialect })
    .from(connections)
    .where(eq(connections.ownerId, userId));
  const kinds = new Map(rows.map(({ id, dialect }) => [id, dialect]));
  const shared = envConnection();
  return shared ? kinds.set(ENV_CONNECTION, shared.dialect) : kinds;
}

const PROMPT_CHARS = 200;

const PROMPTS = sql<string[]>`(
  select array_agg(left(coalesce(step ->> 'prompt', ''), ${PROMPT_CHARS}) order by place)
  from jsonb_array_elements(${recipeVersions.content} -> 'steps') with ordinality as listed(step, place))`;

const isNewest = and(eq(recipeVersions.recipeId, recipes.id), eq(recipeVersions.version, recipes.version));

function isLive(userId: string) {
  return and(eq(recipes.ownerId, userId), isNull(recipes.deletedAt));
}
