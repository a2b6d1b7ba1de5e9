"use client";

import { CircleUser, Keyboard, LogOut, Monitor, MonitorX, Moon, Sun } from "lucide-react";
import { startTransition, useRef, useState } from "react";
import { useHelpKey } from "@/components/keys/use-help-key";
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import { useSameWorkspace, WorkspaceChoices } from "@/components/workspaces/workspace-choices";
import { THEME_COOKIE, type Theme } from "@/lib/theme/constants";
import type { Workspace } from "@/lib/workspaces/types";

const KeySheet = panelOnDemand(() => import("@/components/keys/key-sheet").then((code) => code.KeySheet));

const YEAR_SECONDS = 31_536_000;

const CHOICES = [
  { value: "system", label: "As the system", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
] as const;

type AccountMenuProps = {
  user: { name: string | null; email: string | null };
  workspace: { id: string; name: string };
  /** Empty where there is only one's own. */
  workspaces: Workspace[];
  theme: Theme;
  signOut: () => Promise<void>;
  signOutEverywhere: () => Promise<void>;
};

export function AccountMenu({
  user,
  workspace,
  workspaces,
  theme: initial,
  signOut,
  signOutEverywhere,
}: AccountMenuProps) {
  const [theme, setTheme] = useState(initial);
  const [keysShown, setKeysShown] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useHelpKey(() => setKeysShown(true));
  useSameWorkspace(workspace.id);
  const who = user.name ?? user.email ?? "Account";
  function choose(next: Theme) {
    setTheme(next);
    document.documentElement.dataset.theme = next;
    // The server reads it at the next request, so that the first paint has the right colours.
    const secure = location.protocol === "https:" ? "; secure" : "";
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and on plain http.
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
  }
  function hideKeys() {
    setKeysShown(false);
    // Opened from this menu, its item is gone by now.
    setTimeout(() => document.activeElement === document.body && button.current?.focus());
  }
  return (
    <>
      <Menu
        label="Account"
        align="start"
        side="top"
        trigger={
          <button
            ref={button}
            type="button"
            className="touch-target flex h-9 min-w-0 items-center gap-2.5 rounded-control px-2.5 text-dense text-ink-2 transition-colors hover:bg-idle-bg hover:text-ink max-sm:h-14 max-sm:max-w-24 max-sm:flex-auto max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:px-0.5 max-sm:text-pill sm:max-xl:justify-center"
          >
            <CircleUser className="size-4 shrink-0" aria-hidden />
            <span className="min-w-0 text-left sm:max-xl:sr-only max-sm:max-w-full">
              <span className="sr-only">Account: </span>
              <span className="block truncate">{who}</span>
              {workspaces.length > 1 && (
                <span className="block truncate text-ink-3 text-pill max-sm:sr-only">{workspace.name}</span>
              )}
            </span>
          </button>
        }
      >
        {user.email && <MenuLabel>{user.email}</MenuLabel>}
        {workspaces.length > 1 && (
          <>
            <WorkspaceChoices here={workspace.id} workspaces={workspaces} />
            <MenuSeparator />
          </>
        )}
        <MenuLabel>Theme</MenuLabel>
        <MenuChoices value={theme} choices={CHOICES} onChange={choose} />
        <MenuSeparator />
        <MenuItem icon={<Keyboard aria-hidden />} keys="?" onSelect={() => setKeysShown(true)}>
          Keys
        </MenuItem>
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => startTransition(signOut)}>
          Sign out
        </MenuItem>
        <MenuItem icon={<MonitorX aria-hidden />} onSelect={() => startTransition(signOutEverywhere)}>
          Sign out on every device
        </MenuItem>
      </Menu>
      {keysShown && <KeySheet onClose={hideKeys} />}
    </>
  );
}
