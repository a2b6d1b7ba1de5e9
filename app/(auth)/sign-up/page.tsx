import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { SignUpForm } from "@/components/auth/sign-up-form";
import { SwitchLink } from "@/components/auth/switch-link";
import { currentUser } from "@/lib/auth/current-user";
import { offeredProviders } from "@/lib/auth/providers";
import { safeNext } from "@/lib/auth/safe-next";
import { env } from "@/lib/env";
import { firstOf } from "@/lib/first-of";
import { tokenOfPath } from "@/lib/workspaces/invitation-path";
import { isInvited } from "@/lib/workspaces/queries";

export const metadata: Metadata = { title: "Make an account" };

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  const next = safeNext(firstOf((await searchParams).next));
  if (await currentUser()) redirect(next);
  const invitation = tokenOfPath(next) ?? undefined;
  const isOpen = env().SIGN_UP === "open" || (await isInvited(invitation));
  return (
    <>
      <h1 className="mt-6 text-title">Make an account</h1>
      {isOpen ? (
        <>
          <ProviderButtons providers={offeredProviders()} next={next} />
          <SignUpForm next={next} invitation={invitation} />
        </>
      ) : (
        <p className="mt-4 text-base text-ink-2">
          Sign-up is closed here. Ask the person who runs this place for an account.
        </p>
      )}
      <SwitchLink asks="Have an account?" to="/sign-in" next={next} label="Sign in" />
    </>
  );
}
