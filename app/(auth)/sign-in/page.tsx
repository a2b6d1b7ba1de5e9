import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Notice } from "@/components/auth/notice";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { SignInForm } from "@/components/auth/sign-in-form";
import { SwitchLink } from "@/components/auth/switch-link";
import { currentUser } from "@/lib/auth/current-user";
import { offeredProviders } from "@/lib/auth/providers";
import { safeNext } from "@/lib/auth/safe-next";
import { noticeWords } from "@/lib/auth/sign-in-words";
import { env } from "@/lib/env";
import { firstOf } from "@/lib/first-of";
import { tokenOfPath } from "@/lib/workspaces/invitation-path";
import { isInvited } from "@/lib/workspaces/queries";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const params = await searchParams;
  const next = safeNext(firstOf(params.next) ?? firstOf(params.callbackUrl));
  if (await currentUser()) redirect(next);
  const notice = noticeWords({ reason: firstOf(params.reason), error: firstOf(params.error) });
  const isOpen = env().SIGN_UP === "open" || (await isInvited(tokenOfPath(next)));
  return (
    <>
      <h1 className="mt-6 text-title">Sign in</h1>
      {notice ? <Notice look="warn">{notice}</Notice> : null}
      <ProviderButtons providers={offeredProviders()} next={next} />
      <SignInForm next={next} />
      {isOpen ? <SwitchLink asks="No account yet?" to="/sign-up" next={next} label="Make one" /> : null}
    </>
  );
}
