import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { accounts, users } from "@/db/schema";
import { env } from "@/lib/env";
import { redeemInvitation } from "@/lib/workspaces/mutations/join";
import { isInvited } from "@/lib/workspaces/queries";
import { revokeEveryLogin } from "./logins";

export type ProviderAccount = {
  provider: string;
  providerAccountId: string;
  /** Only when the provider says that it is verified. */
  verifiedEmail: string | null;
  name: string | null;
  /** The token of the invitation that led here. */
  invitation?: string | null;
};

/**
 * The person of an account at GitHub or Google: the one linked to it, else the one with its verified e-mail, else a
 * new one. Null when that person is disabled, or would be new while sign-up is closed
 * and no open invitation led here; a new person uses that up.
 */
export async function personOfAccount(account: ProviderAccount): Promise<{ id: string } | null> {
  const { provider, providerAccountId } = account;
  return db().transaction(async (tx) => {
    // Two first sign-ins of one account at once take turns here.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`${provider}:${providerAccountId}`}, 0))`,
    );
    const linked = await findLinked(tx, account);
    if (linked) return linked.disabledAt ? null : { id: linked.id };
    const person = (await claimByEmail(tx, account)) ?? (await createPerson(tx, account));
    if (!person || person.disabledAt) return null;
    await tx.insert(accounts).values({ userId: person.id, provider, providerAccountId });
    return { id: person.id };
  });
}

/** The person a provider account is linked to, or null. */
export async function findAccountUser(account: Pick<ProviderAccount, "provider" | "providerAccountId">) {
  const linked = await findLinked(db(), account);
  return linked && !linked.disabledAt ? { id: linked.id } : null;
}

async function findLinked(
  on: Pick<Transaction, "select">,
  { provider, providerAccountId }: Pick<ProviderAccount, "provider" | "providerAccountId">,
) {
  const [row] = await on
    .select({ id: users.id, disabledAt: users.disabledAt })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(and(eq(accounts.provider, provider), eq(accounts.providerAccountId, providerAccountId)));
  return row ?? null;
}

// Nobody proved an e-mail given at sign-up, so somebody else may have taken it with a password of theirs. The provider
// did prove it: that password and every login made with it end here.
async function claimByEmail(tx: Transaction, { verifiedEmail }: ProviderAccount) {
  if (!verifiedEmail) return null;
  const [person] = await tx
    .update(users)
    .set({ passwordHash: null })
    .where(and(eq(sql`lower(${users.email})`, verifiedEmail.toLowerCase()), isNull(users.disabledAt)))
    .returning({ id: users.id, disabledAt: users.disabledAt });
  if (person) await revokeEveryLogin(person.id, tx);
  return person ?? null;
}

async function createPerson(tx: Transaction, { verifiedEmail, name, invitation }: ProviderAccount) {
  const isClosed = env().SIGN_UP === "closed";
  if (isClosed && !(await isInvited(invitation, tx))) return null;
  const [person] = await tx
    .insert(users)
    .values({ email: verifiedEmail?.toLowerCase(), name })
    .onConflictDoNothing()
    .returning({ id: users.id, disabledAt: users.disabledAt });
  if (!person) return null;
  const isLetIn = invitation ? await redeemInvitation(tx, { token: invitation, personId: person.id }) : false;
  if (isLetIn || !isClosed) return person;
  // Somebody else used the link meanwhile: nobody is made.
  await tx.delete(users).where(eq(users.id, person.id));
  return null;
}
