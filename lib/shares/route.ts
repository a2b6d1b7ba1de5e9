import { publicRoute } from "@/lib/route";
import { openShareOf } from "./queries/open-share";
import type { OpenShare } from "./queries/resolve-share";

type Params = { token: string; key?: string[] };

/**
 * A route below a share link: the link is asked anew at every request, so that revoking works at once, and no answer
 * is kept, indexed or told to another site.
 */
export function shareRoute(
  handle: (given: { request: Request; params: Params; share: OpenShare }) => Promise<Response>,
) {
  return publicRoute<{ token: string }>(async ({ request, params }) => {
    const share = await openShareOf(params.token, request.headers);
    const response = await handle({ request, params, share });
    const headers = new Headers(response.headers);
    headers.set("X-Robots-Tag", "noindex, nofollow, noarchive");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "private, no-store");
    return new Response(response.body, { status: response.status, headers });
  });
}
