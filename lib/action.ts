import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { currentUser, signedOut } from "./auth/current-user";
import type { CurrentUser } from "./auth/types";
import { failureOf, requestIdOf } from "./failure";
import { type Refused, type Result, refused } from "./result";

/**
 * Makes a server action for signed-in people: checks who asks, parses the input (unknown keys are refused), and
 * turns every thrown error into a refusal with words. `run` must still have `user.id` in its where-clause.
 */
export function authedAction<Schema extends z.ZodType, T>(
  schema: Schema,
  run: (given: { input: z.output<Schema>; user: CurrentUser }) => Promise<Result<T>>,
): (input: z.input<Schema>) => Promise<Result<T>> {
  return publicAction(schema, async (input) => {
    const user = await currentUser();
    if (!user) throw signedOut();
    return run({ input, user });
  });
}

/** The same for people who are not signed in. */
export function publicAction<Schema extends z.ZodType, T>(
  schema: Schema,
  run: (input: z.output<Schema>) => Promise<Result<T>>,
): (input: z.input<Schema>) => Promise<Result<T>> {
  return async (input) => {
    try {
      const parsed = schema.safeParse(input);
      if (!parsed.success || hasUnknownKeys(schema, input)) return badInput(parsed.error);
      return await run(parsed.data);
    } catch (error) {
      unstable_rethrow(error);
      const failure = failureOf(error, requestIdOf(await headers()));
      return refused(failure.reason, failure.words);
    }
  };
}

function hasUnknownKeys(schema: z.ZodType, input: unknown): boolean {
  return schema instanceof z.ZodObject && !schema.strict().safeParse(input).success;
}

// A schema's own messages are written for people and shown; zod's built-in ones are not.
const BUILT_IN = /^(Invalid|Unrecognized|Too (big|small))/;

function badInput(error: z.ZodError | undefined): Refused {
  const issue = error?.issues[0];
  const field = issue?.path.join(".");
  const own = issue && !BUILT_IN.test(issue.message) ? issue.message.replace(/\.$/, "") : null;
  const unknown = field
    ? `The server can't use what came as "${field}"`
    : "This page sent something the server does not know";
  return refused("bad_input", `${own ?? unknown}. Nothing was changed.`);
}
