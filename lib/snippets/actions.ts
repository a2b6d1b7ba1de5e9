"use server";

import { authedAction } from "@/lib/action";
import { deleteSnippet, renameSnippet, saveSnippet } from "./mutations";
import { renameSnippetSchema, saveSnippetSchema, snippetIdSchema } from "./schemas";

export const saveSnippetAction = authedAction(saveSnippetSchema, ({ input, user }) =>
  saveSnippet({ ...input, userId: user.id }),
);

export const renameSnippetAction = authedAction(renameSnippetSchema, ({ input, user }) =>
  renameSnippet({ ...input, userId: user.id }),
);

export const deleteSnippetAction = authedAction(snippetIdSchema, ({ input, user }) =>
  deleteSnippet({ ...input, userId: user.id }),
);
