import { BookMarked, ChartColumn, Images, Plus, Settings2, Workflow } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import type { Theme } from "@/lib/theme/constants";
import type { Workspace } from "@/lib/workspaces/types";
import { AccountMenu } from "./account-menu";
import { RailLink } from "./rail-link";
import { RunIndicator } from "./run-indicator";
import { RunningCount } from "./running-count";
import type { RunSummary } from "./use-running";
import { Wordmark } from "./wordmark";

type RailProps = {
  user: { name: string | null; email: string | null };
  /** The one being worked in, and all of this person's; none where there is only their own. */
  workspace: Workspace;
  workspaces: Workspace[];
  theme: Theme;
  /** What ran when the page was rendered. */
  running: RunSummary;
  signOut: () => Promise<void>;
  signOutEverywhere: () => Promise<void>;
};

/** Left rail; narrow below 1280 px, a bar at the lower edge on phones. */
export function Rail({ user, workspace, workspaces, theme, running, signOut, signOutEverywhere }: RailProps) {
  return (
    <nav
      aria-label="Main"
      className="z-30 flex shrink-0 border-line bg-surface max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:items-center max-sm:gap-1 max-sm:border-t max-sm:px-2 max-sm:pb-[env(safe-area-inset-bottom)] sm:sticky sm:top-0 sm:h-dvh sm:w-14 sm:flex-col sm:gap-1 sm:border-r sm:px-2 sm:py-3 xl:w-54 xl:px-2.5"
    >
      <Link
        href="/sessions"
        aria-label="Contact Sheet"
        className="flex h-8 items-center rounded-control px-2.5 max-xl:hidden xl:mb-3"
      >
        <Wordmark />
      </Link>
      <RailLink
        href="/sessions"
        label="Sessions"
        icon={<Images aria-hidden />}
        count={<RunningCount initial={running} />}
      />
      <Link
        href="/sessions/new"
        className={cn(
          buttonClass("secondary", "small"),
          "max-xl:border-0 max-xl:bg-transparent max-xl:px-0 max-sm:h-14 max-sm:flex-auto max-sm:flex-col max-sm:gap-0.5 max-sm:text-pill xl:mt-2 xl:justify-start",
        )}
      >
        <Plus aria-hidden />
        <span className="sm:max-xl:sr-only">
          New<span className="max-sm:sr-only"> session</span>
        </span>
      </Link>
      {/* On phones the switch on top of New leads there. */}
      <span className="contents max-sm:hidden">
        <RailLink href="/sessions/new?app=serial" label="Serial" icon={<Workflow aria-hidden />} />
      </span>
      <RailLink href="/recipes" label="Recipes" icon={<BookMarked aria-hidden />} />
      <div className="flex max-sm:contents sm:mt-auto sm:flex-col sm:gap-2">
        <RunIndicator initial={running} />
        <RailLink href="/usage" label="Usage" icon={<ChartColumn aria-hidden />} />
        <RailLink href="/settings" label="Settings" icon={<Settings2 aria-hidden />} />
        <AccountMenu
          user={user}
          workspace={workspace}
          workspaces={workspaces}
          theme={theme}
          signOut={signOut}
          signOutEverywhere={signOutEverywhere}
        />
      </div>
    </nav>
  );
}
