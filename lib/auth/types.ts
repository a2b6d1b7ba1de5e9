/** The signed-in person, as pages, actions and routes see them. */
export type CurrentUser = { id: string; email: string | null; name: string | null; isOwner: boolean };
