import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import type { Provider } from "next-auth/providers/index";
import { z } from "zod";
import { env } from "@/lib/env";

const LABELS = { github: "GitHub", google: "Google" } as const;
type ProviderId = keyof typeof LABELS;

/** The providers whose keys are set, for the sign-in page. */
export function offeredProviders(): { id: ProviderId; label: string }[] {
  const { GITHUB_ID, GITHUB_SECRET, GOOGLE_ID, GOOGLE_SECRET } = env();
  const offered: ProviderId[] = [];
  if (GITHUB_ID && GITHUB_SECRET) offered.push("github");
  if (GOOGLE_ID && GOOGLE_SECRET) offered.push("google");
  return offered.map((id) => ({ id, label: LABELS[id] }));
}

export function oauthProviders(): Provider[] {
  return offeredProviders().map(({ id }) => (id === "github" ? github() : google()));
}

const verifiedSchema = z.object({ email: z.email(), email_verified: z.literal(true) });

/** The e-mail of a provider's profile when the provider says that it is verified. */
export function verifiedEmailOf(profile: unknown): string | null {
  return verifiedSchema.safeParse(profile).data?.email.toLowerCase() ?? null;
}

const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

function github() {
  const { GITHUB_ID = "", GITHUB_SECRET = "", GITHUB_URL, GITHUB_API_URL } = env();
  return GitHub({
    clientId: GITHUB_ID,
    clientSecret: GITHUB_SECRET,
    issuer: `${GITHUB_URL}/login/oauth`,
    checks: ["pkce", "state"],
    authorization: {
      url: `${GITHUB_URL}/login/oauth/authorize`,
      params: { scope: "read:user user:email" },
    },
    token: `${GITHUB_URL}/login/oauth/access_token`,
    userinfo: {
      url: `${GITHUB_API_URL}/user`,
      // The profile's e-mail is what the person shows in public; only this list says which are verified.
      async request({ client, tokens }) {
        const accessToken = tokens.access_token ?? "";
        const profile = await client.userinfo(accessToken);
        const verified = await githubEmail(`${GITHUB_API_URL}/user/emails`, accessToken);
        return { ...profile, email: verified ?? undefined, email_verified: verified !== null };
      },
    },
  });
}

async function githubEmail(url: string, accessToken: string): Promise<string | null> {
  const answer = await fetch(url, {
    headers: { Authorization: `Bearer ${accessToken}`, Accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) return null;
  const emails = emailsSchema.safeParse(await answer.json()).data ?? [];
  return emails.find((entry) => entry.primary && entry.verified)?.email ?? null;
}

function google() {
  const { GOOGLE_ID = "", GOOGLE_SECRET = "", GOOGLE_ISSUER } = env();
  return Google({
    clientId: GOOGLE_ID,
    clientSecret: GOOGLE_SECRET,
    wellKnown: `${GOOGLE_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
    issuer: GOOGLE_ISSUER.replace(/\/$/, ""),
    checks: ["pkce", "state"],
  });
}
