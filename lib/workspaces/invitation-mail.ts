import { INVITATION_DAYS } from "./constants";

/** What the e-mail with an invitation says. `from` is one short line. */
export function invitationMail({ from, link }: { from: string; link: string }): {
  subject: string;
  text: string;
} {
  return {
    subject: `${from} invites you to Contact Sheet`,
    text: [
      `${from} invites you to work together in Contact Sheet, where images are edited in bulk.`,
      "",
      link,
      "",
      `The link works once, for ${INVITATION_DAYS} days. You need no account yet.`,
      "You know nobody of that name? Then there is nothing to do.",
      "",
    ].join("\n"),
  };
}
