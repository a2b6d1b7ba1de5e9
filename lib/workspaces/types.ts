/** A workspace a person may work in; its id is its owner's. */
export type Workspace = { id: string; name: string };

export type TeamMember = {
  id: string;
  name: string | null;
  email: string | null;
  /** ms since 1970. */
  joinedAt: number;
};

export type OpenInvitation = {
  id: string;
  /** Whom it was made for, if the owner wrote it down. */
  email: string | null;
  createdAt: number;
  expiresAt: number;
};

/** What became of an invitation's e-mail; `none` where no address was given or no mail is set up. */
export type MailOutcome = "sent" | "failed" | "none";

/** What the page of a link says. `theirs`: how whoever looks belongs to that workspace already. */
export type InvitationView = {
  ownerId: string;
  /** Who invites. */
  from: string;
  isOpen: boolean;
  theirs: "owner" | "member" | null;
};
