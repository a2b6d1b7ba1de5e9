import { AppError } from "@/lib/errors";
import { publicRoute } from "@/lib/route";
import { unlockShare } from "@/lib/shares/mutations/unlock-share";
import { unlockSchema } from "@/lib/shares/schemas";

/** Takes the password of a link and lets this browser in. */
export const POST = publicRoute<{ token: string }>(async ({ request, params }) => {
  const parsed = unlockSchema.safeParse(await request.json().catch(() => null));
  if (!parsed.success) throw new AppError("bad_input", "Write the password that came with the link.");
  const { password } = parsed.data;
  const cookie = await unlockShare({ token: params.token, password, headers: request.headers });
  if (!cookie) throw new AppError("bad_input", "The password does not fit. Upper and lower case differ.");
  return new Response(null, { status: 204, headers: { "Set-Cookie": cookie, "X-Robots-Tag": "noindex" } });
});
