import "server-only";
import { and, eq, isNull, or, sql } from "drizzle-orm";
import { db } from "@/db";
import { members, type Session, users } from "@/db/schema";
import { takeTry, throttleKey } from "@/lib/auth/throttle";
import { env } from "@/lib/env";
import { TooManyTriesError } from "@/lib/errors";
import { log } from "@/lib/log";
import { countsOf } from "@/lib/sessions/counts";
import { claimFinish } from "@/lib/sessions/mutations/record-finish";
import { invitationMail } from "@/lib/workspaces/invitation-mail";
import type { MailOutcome } from "@/lib/workspaces/types";
import { sendMail } from "./send-mail";
import { finishWords, oneLine } from "./words";

/** Nobody proves an address at sign-up, so one person's runs may not fill a stranger's inbox. */
const MAILS_TO_ONE_PERSON = { limit: 20, windowSeconds: 60 * 60 };

/**
 * E-mails whoever started a run that it has ended, once for each end; nothing where SMTP is not set up or they have no
 * address. The record is written before the mail goes: a mail that fails is logged and not tried again.
 */
export async function mailFinish({ sessionId }: { sessionId: string }): Promise<void> {
  if (!env().SMTP_URL) return;
  const session = await claimFinish({ sessionId, action: "session.finish.mail" });
  if (!session?.finishedAt || session.deletedAt) return;
  const email = await emailOf(session);
  if (!email) return;
  const link = new URL(`/sessions/${sessionId}`, env().NEXTAUTH_URL).href;
  const words = finishWords({
    name: session.name,
    counts: countsOf(session),
    startedAt: session.startedAt,
    finishedAt: session.finishedAt,
    link,
  });
  try {
    await takeTry({ key: throttleKey("mail:finish", email), ...MAILS_TO_ONE_PERSON });
    await sendMail({ to: email, ...words });
  } catch (error) {
    log.warn("the e-mail about a finished session was not sent", { sessionId, reason: reasonOf(error) });
  }
}

/** Nobody can have a stranger's inbox filled, nor fill many. */
const INVITATIONS = { limit: 20, windowSeconds: 60 * 60 };

/** E-mails an invitation, where mail is set up. What went wrong is logged; the link is good all the same. */
export async function mailInvitation(given: {
  to: string;
  from: string;
  link: string;
  ownerId: string;
}): Promise<MailOutcome> {
  if (!env().SMTP_URL) return "none";
  try {
    await takeTry({ key: throttleKey("mail:invite", given.ownerId), ...INVITATIONS });
    await takeTry({ key: throttleKey("mail:invite-to", given.to), ...INVITATIONS });
    await sendMail({ to: given.to, ...invitationMail({ from: oneLine(given.from), link: given.link }) });
    return "sent";
  } catch (error) {
    log.warn("the e-mail with an invitation was not sent", { reason: reasonOf(error) });
    return "failed";
  }
}

// Whoever started it, while they belong to the workspace; else its owner.
async function emailOf({ ownerId, startedBy }: Session): Promise<string | null> {
  const isMember = sql`exists (select 1 from ${members}
    where ${members.ownerId} = ${ownerId} and ${members.memberId} = ${users.id})`;
  const [person] = await db()
    .select({ email: users.email })
    .from(users)
    .where(
      and(
        or(eq(users.id, ownerId), and(eq(users.id, startedBy ?? ownerId), isMember)),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(sql`${users.id} = ${ownerId}`)
    .limit(1);
  return person?.email ?? null;
}

// Never the message: servers put addresses into it.
function reasonOf(error: unknown): string {
  if (error instanceof TooManyTriesError) return "too many e-mails to one person in an hour";
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const answer = error instanceof Error && "responseCode" in error ? ` ${error.responseCode}` : "";
  return code + answer;
}
