import { createHash, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { items } from "@/db/schema";
import { createConnection } from "@/lib/connections/mutations/edit-connections";
import { saveRecipe } from "@/lib/recipes/mutations/save-recipe";
import { getRecipe } from "@/lib/recipes/queries";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { createShare } from "@/lib/shares/mutations/create-share";
import { saveSnippet } from "@/lib/snippets/mutations";
import { tokenOfPath } from "@/lib/workspaces/invitation-path";
import { invite } from "@/lib/workspaces/mutations/invite";
import { joinWorkspace } from "@/lib/workspaces/mutations/join";
import { newUser } from "@/scripts/testing/factories";
import { drawPhotos } from "./photos";
import { SheetClient } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

export type Victim = Awaited<ReturnType<typeof newVictim>>;

/** A person with a draft, a finished session, a share and a member, all marked with a word found nowhere else. */
export async function newVictim(address: string) {
  const { jar, id: userId } = await signInWithPassword(address, newUser);
  const marker = `marker-${randomUUID()}`;
  const client = new SheetClient(address, jar);
  const [draftId, finishedId] = [
    await newSession({ client, userId, marker }),
    await newSession({ client, userId, marker }),
  ];
  await startSession({ userId, sessionId: finishedId });
  await client.untilFinished(finishedId);
  const share = await createShare({
    userId,
    sessionId: finishedId,
    options: { names: false, originals: false, prompts: false, download: false },
    expiresInDays: 7,
  });
  if (!share.ok) throw new Error(share.words);
  // Without a key nothing is sealed, and nothing is called before somebody tests it.
  const connection = await createConnection({
    userId,
    label: marker,
    dialect: "sd-server",
    address: "https://images.example.com",
    apiKey: "",
  });
  if (!connection.ok) throw new Error(connection.words);
  const snippet = await saveSnippet({ userId, name: "mine", text: marker });
  if (!snippet.ok) throw new Error(snippet.words);
  const recipe = await saveRecipe({ userId, sessionId: finishedId, name: marker });
  if (!recipe.ok) throw new Error(recipe.words);
  const { recipeId } = recipe.value;
  const [version] = (await getRecipe({ userId, recipeId }))?.versions ?? [];
  const { invitationId, memberId } = await newTeam(userId);
  const [item] = await db().select().from(items).where(eq(items.sessionId, finishedId));
  const { inputs } = await client.changes(draftId);
  const [, , , , , , , , imageId] = inputs[0] ?? [];
  return {
    jar,
    userId,
    marker,
    draftId,
    finishedId,
    inputId: inputs[0]?.[0] ?? "",
    imageId: imageId ?? "",
    itemId: item?.id ?? "",
    attemptId: item?.currentAttemptId ?? "",
    connectionId: connection.value.id,
    invitationId,
    memberId,
    recipeId,
    recipeVersionId: version?.id ?? "",
    snippetId: snippet.value.id,
    shareId: share.value.id,
    shareToken: share.value.url.split("/").at(-1) ?? "",
  };
}

async function newTeam(ownerId: string) {
  const [used, open] = [await invite({ ownerId, email: "" }), await invite({ ownerId, email: "" })];
  if (!used.ok || !open.ok) throw new Error("no invitation");
  const { id: memberId } = await newUser();
  const token = tokenOfPath(used.value.url) ?? "";
  const joined = await joinWorkspace({ token, personId: memberId, loginId: randomUUID() });
  if (!joined.ok) throw new Error(joined.words);
  return { invitationId: open.value.id, memberId };
}

async function newSession(given: { client: SheetClient; userId: string; marker: string }) {
  const { client, userId, marker } = given;
  const { id } = await createSession({
    userId,
    intent: randomUUID(),
    name: marker,
    prompt: "sepia",
  });
  const [photo] = await drawPhotos(1);
  if (!photo) throw new Error("no photo");
  await client.upload(id, [{ ...photo, name: `${marker}.jpg` }]);
  await client.untilReady(id, 1);
  return id;
}

/** Changes when any row of that person does, when one of their logins ends, or when an account is made. */
export async function fingerprintOf(userId: string): Promise<string> {
  const tables = await db().execute<{ name: string }>(sql`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'owner_id' order by 1`);
  const rows = [
    await db().execute(sql`select * from users where id = ${userId}`),
    await db().execute(sql`select id, revoked_at from logins where user_id = ${userId} order by id`),
    await db().execute(sql`select count(*) from users`),
    await db().execute(sql`
      select l.* from limits l join connections c on c.id::text = l.connection where c.owner_id = ${userId}`),
  ];
  for (const { name } of tables) {
    const table = sql.identifier(name);
    rows.push(
      await db().execute(sql`select t::text from ${table} t where owner_id = ${userId} order by t::text`),
    );
  }
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
}
