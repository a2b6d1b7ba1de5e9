import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { JoinButton } from "@/components/workspaces/join-button";
import { currentUser } from "@/lib/auth/current-user";
import { chooseWorkspace } from "@/lib/auth/mutations/logins";
import { invitationPath } from "@/lib/workspaces/invitation-path";
import { viewInvitation } from "@/lib/workspaces/queries";
import { personWords } from "@/lib/workspaces/words";

export const metadata: Metadata = {
  title: "Invitation",
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

export default async function JoinPage({ params }: PageProps<"/join/[token]">) {
  const [{ token }, user] = await Promise.all([params, currentUser()]);
  const invitation = await viewInvitation({ token, personId: user?.personId });
  if (user && invitation?.theirs) {
    await chooseWorkspace({ ...user, workspaceId: invitation.ownerId });
    redirect("/sessions");
  }
  if (!invitation?.isOpen) return <Ended />;
  return (
    <>
      <h1 className="mt-6 text-title">{invitation.from} invites you</h1>
      <p className="mt-3 text-base text-ink-2">
        You will see and run the sessions of this workspace, review results and share them. Your own sessions
        stay yours alone.
      </p>
      {user ? (
        <JoinButton token={token} who={personWords(user)} />
      ) : (
        <SignInFirst next={invitationPath(token)} />
      )}
    </>
  );
}

function SignInFirst({ next }: { next: string }) {
  return (
    <div className="mt-6 flex flex-col gap-2">
      <Link href={{ pathname: "/sign-up", query: { next } }} className={buttonClass("primary", "large")}>
        Make an account
      </Link>
      <Link href={{ pathname: "/sign-in", query: { next } }} className={buttonClass("secondary", "large")}>
        Sign in
      </Link>
    </div>
  );
}

/** The same for a link that never was, was used or revoked, or ran out. */
function Ended() {
  return (
    <>
      <h1 className="mt-6 text-title">This invitation does not work</h1>
      <p className="mt-3 text-base text-ink-2">
        It was used, it has ended, or the link is incomplete. Ask whoever sent it for a new one.
      </p>
      <Link href="/sessions" className={`${buttonClass("secondary", "large")} mt-6 w-full`}>
        Go to your sessions
      </Link>
    </>
  );
}
