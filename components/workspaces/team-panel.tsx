"use client";

import { LocalTime } from "@/components/sessions/local-time";
import type { OpenInvitation, TeamMember } from "@/lib/workspaces/types";
import { personWords } from "@/lib/workspaces/words";
import { InvitationLine } from "./invitation-line";
import { InviteForm } from "./invite-form";
import { PersonLine } from "./person-line";
import { RemoveMember } from "./remove-member";

type TeamPanelProps = {
  /** The owner, who looks at this. */
  who: string;
  members: TeamMember[];
  invitations: OpenInvitation[];
  sendsMail: boolean;
};

/** The people of a workspace, as its owner sees them. */
export function TeamPanel({ who, members, invitations, sendsMail }: TeamPanelProps) {
  return (
    <div className="flex max-w-3xl flex-col gap-6 p-4 sm:p-5">
      <section
        aria-labelledby="team-people"
        className="rounded-panel border border-line bg-surface p-4 sm:p-5"
      >
        <h2 id="team-people" className="font-semibold text-lead">
          People
        </h2>
        <p className="mt-1 text-dense text-ink-2">
          Members make, run, review, share and download the sessions here. Keys, money and people stay yours.
        </p>
        <ul className="mt-3">
          <PersonLine name={who} isOwner facts="you" />
          {members.map((member) => (
            <PersonLine
              key={member.id}
              name={personWords(member)}
              facts={
                <>
                  {member.name && member.email && `${member.email} · `}
                  joined <LocalTime at={member.joinedAt} />
                </>
              }
              action={<RemoveMember id={member.id} name={personWords(member)} />}
            />
          ))}
        </ul>
      </section>
      <section
        aria-labelledby="team-invite"
        className="rounded-panel border border-line bg-surface p-4 sm:p-5"
      >
        <h2 id="team-invite" className="font-semibold text-lead">
          Invite somebody
        </h2>
        <InviteForm sendsMail={sendsMail} />
        {invitations.length > 0 && (
          <ul aria-label="Open invitations" className="mt-5 border-line border-t">
            {invitations.map((invitation) => (
              <InvitationLine key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
