/** The signed-in person and where they work, as pages, actions and routes see it. */
export type CurrentUser = {
  /** The owner of the workspace being worked in: every where-clause asks by it. */
  id: string;
  /** Who is signed in: for what belongs to a person and to no workspace, and for the record. */
  personId: string;
  role: "owner" | "member";
  /** Of the person, as `name` and `isOwner`. */
  email: string | null;
  name: string | null;
  /** Whether this person runs the installation. */
  isOwner: boolean;
  loginId: string;
  /** Whose workspace it is. */
  home: { name: string | null; email: string | null };
  /** Whether there is another workspace to work in than one's own. */
  isMember: boolean;
  /** This request names something of another workspace than the login has chosen, and works there. */
  isVisiting: boolean;
};
