import { z } from "zod";
import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import { countWords } from "@/lib/words";
import { MAX_SNIPPET_NAME } from "./constants";

/** What Postgres can store: no NUL, no half of a surrogate pair. */
const text = z.string().transform((value) => value.toWellFormed().replaceAll("\0", ""));

const nameSchema = text.pipe(
  z
    .string()
    .trim()
    .min(1, "A snippet needs a name")
    .max(MAX_SNIPPET_NAME, `The limit of a snippet's name is ${MAX_SNIPPET_NAME} characters`),
);

export const saveSnippetSchema = z.strictObject({
  name: nameSchema,
  text: text.pipe(
    z
      .string()
      .trim()
      .min(1, "There are no words to save")
      .max(MAX_PROMPT_CHARS, `The limit of a snippet is ${countWords(MAX_PROMPT_CHARS)} characters`),
  ),
  /** The words of a snippet of this name are given up for these. */
  replace: z.boolean().default(false),
});

export const renameSnippetSchema = z.strictObject({ snippetId: z.uuid(), name: nameSchema });

export const snippetIdSchema = z.strictObject({ snippetId: z.uuid() });
