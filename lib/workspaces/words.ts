type Person = { name: string | null; email: string | null };

export const OWN_WORKSPACE = "Your own workspace";

/** What to call somebody. */
export function personWords({ name, email }: Person): string {
  return name ?? email ?? "somebody without a name";
}

/** What to call somebody's workspace. */
export function workspaceWords(owner: Person): string {
  const who = personWords(owner);
  return owner.name ? `${who}${/s$/i.test(who) ? "’" : "’s"} workspace` : `Workspace of ${who}`;
}
