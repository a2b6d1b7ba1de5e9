import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Rail } from "@/components/layout/rail";
import { signOutAction, signOutEverywhereAction } from "@/lib/auth/actions";
import { requireUser } from "@/lib/auth/current-user";
import { env } from "@/lib/env";
import { countRunning } from "@/lib/sessions/queries/count-running";
import { DIRECT_UPLOADS } from "@/lib/storage/upload-constants";
import { uploadSource } from "@/lib/storage/upload-source";
import { THEME_COOKIE, themeOf } from "@/lib/theme/constants";
import { listWorkspaces } from "@/lib/workspaces/queries";
import { OWN_WORKSPACE, workspaceWords } from "@/lib/workspaces/words";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const [summary, jar, workspaces] = await Promise.all([
    countRunning({ userId: user.id }),
    cookies(),
    user.isMember ? listWorkspaces({ personId: user.personId }) : [],
  ]);
  const workspace = { id: user.id, name: user.role === "owner" ? OWN_WORKSPACE : workspaceWords(user.home) };
  return (
    <div className="flex min-h-dvh max-sm:flex-col">
      {uploadSource(env()) && <meta name={DIRECT_UPLOADS} content="yes" />}
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-ink px-3 py-2 text-on-ink focus:translate-y-0"
      >
        Skip to content
      </a>
      <Rail
        user={{ name: user.name, email: user.email }}
        workspace={workspace}
        workspaces={workspaces}
        theme={themeOf(jar.get(THEME_COOKIE)?.value)}
        running={summary}
        signOut={signOutAction}
        signOutEverywhere={signOutEverywhereAction}
      />
      <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none max-sm:pb-20">
        {children}
      </main>
    </div>
  );
}
