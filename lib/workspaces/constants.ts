/** An invitation ends this long after it was made (days). */
export const INVITATION_DAYS = 7;

export const MAX_MEMBERS = 100;

/** Open invitations of a workspace at a time. */
export const MAX_INVITATIONS = 50;
