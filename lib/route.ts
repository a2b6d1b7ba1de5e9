import { actAs } from "./auth/acting";
import { userOf } from "./auth/current-user";
import { namedBy } from "./auth/named";
import type { CurrentUser } from "./auth/types";
import { AppError } from "./errors";
import { failureOf, requestIdOf } from "./failure";
import { isSameOrigin } from "./security/same-origin";

type Params = Record<string, string | string[]>;
type Given<P extends Params> = { request: Request; params: P; requestId: string };
type RouteHandler<P extends Params> = (
  request: Request,
  context: { params: Promise<P> },
) => Promise<Response>;

/**
 * A route handler for signed-in people; everyone else gets 401. `handle` must still ask by `user.id`. Works in the
 * workspace of what the address names, else in the chosen one; `names` says so where the parameters do not.
 */
export function authedRoute<P extends Params = Params>(
  handle: (given: Given<P> & { user: CurrentUser }) => Promise<Response>,
  names: (params: P) => Record<string, unknown> = (params) => params,
): RouteHandler<P> {
  return publicRoute<P>(async (given) => {
    const user = await userOf(given.request, namedBy(names(given.params)));
    return actAs(user.personId, () => handle({ ...given, user }));
  });
}

/**
 * A route handler for anyone: refuses state changes from other sites, turns thrown errors into JSON
 * `{ reason, words, requestId }` with the right status, and adds the headers every answer has.
 */
export function publicRoute<P extends Params = Params>(
  handle: (given: Given<P>) => Promise<Response>,
): RouteHandler<P> {
  return async (request, context) => {
    const requestId = requestIdOf(request.headers);
    try {
      if (!isSameOrigin(request)) throw foreignSite();
      return finish(await handle({ request, params: await context.params, requestId }), requestId);
    } catch (error) {
      const { status, reason, words, retryAfterSeconds } = failureOf(error, requestId);
      const headers = retryAfterSeconds ? { "Retry-After": String(Math.ceil(retryAfterSeconds)) } : undefined;
      return finish(Response.json({ reason, words, requestId }, { status, headers }), requestId);
    }
  };
}

/** Kept where a handler set its own. */
const DEFAULT_HEADERS = {
  "Cache-Control": "private, no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
} as const;

function finish(response: Response, requestId: string): Response {
  // Headers of a redirect are immutable, so every answer is rebuilt around its body.
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(DEFAULT_HEADERS)) {
    if (!headers.has(name)) headers.set(name, value);
  }
  headers.set("X-Request-Id", requestId);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function foreignSite(): AppError {
  return new AppError(
    "bad_input",
    "This request came from another site. Nothing was changed. Open the page here and try again.",
  );
}
