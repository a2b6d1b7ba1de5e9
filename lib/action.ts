import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { actAs } from "./auth/acting";
import { currentUserFor, signedOut } from "./auth/current-user";
import { type OwnerOnly, requireOwner } from "./auth/owner-gate";
import type { CurrentUser } from "./auth/types";
import { failureOf, requestIdOf } from "./failure";
import { type Refused, type Result, refused } from "./result";

/**
 * Makes a server action for signed-in people: checks who asks, parses the input (unknown keys are refused), and
 * turns every thrown error into a refusal with words. `run` must still have `user.id` in its where-clause. Works in the
 * workspace of what the input names (`lib/auth/named.ts`), else in the chosen one.
 */
export function authedAction<Schema extends z.ZodType, T>(
  schema: Schema,
  run: (given: { input: z.output<Schema>; user: CurrentUser }) => Promise<Result<T>>,
): (input: z.input<Schema>) => Promise<Result<T>> {
  return publicAction(schema, async (input) => {
    const user = await currentUserFor(input);
    if (!user) throw signedOut();
    return actAs(user.personId, () => run({ input, user }));
  });
}

/** The same for what only the owner of a workspace does; members are told so. */
export function ownerAction<Schema extends z.ZodType, T>(
  what: OwnerOnly,
  schema: Schema,
  run: (given: { input: z.output<Schema>; user: CurrentUser }) => Promise<Result<T>>,
): (input: z.input<Schema>) => Promise<Result<T>> {
  return authedAction(schema, async (given) => {
    requireOwner(given.user, what);
    return run(given);
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
