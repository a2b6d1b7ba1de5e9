"use client";

import { usePathname } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { answered } from "@/components/items/use-item-actions";
import { MenuChoices, MenuLabel } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { switchWorkspaceAction } from "@/lib/workspaces/actions";
import type { Workspace } from "@/lib/workspaces/types";

type WorkspaceChoicesProps = { here: string; workspaces: Workspace[] };

/** Part of the account's menu for people with more than one workspace. */
export function WorkspaceChoices({ here, workspaces }: WorkspaceChoicesProps) {
  const toast = useToast();

  async function go(workspaceId: string) {
    if (workspaceId === here) return;
    const result = await answered(switchWorkspaceAction({ workspaceId }));
    // A whole page load: everything rendered for the other workspace is thrown away.
    if (result.ok) window.location.assign("/sessions");
    else toast.show({ text: result.words, tone: "error" });
  }
  const choices = workspaces.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <MenuLabel>Workspace</MenuLabel>
      <MenuChoices value={here} choices={choices} onChange={(id) => void go(id)} />
    </>
  );
}

const KEY = "workspace";

/**
 * The workspace belongs to the login, so another tab may change it. A page of no session then loads anew: what is made
 * there goes where its rail says. A session's page goes on, since its id decides; it loads anew when it is left.
 */
export function useSameWorkspace(here: string) {
  const path = usePathname();
  const isLeftBehind = useRef(false);
  const catchUp = useEffectEvent(() => {
    if (isLeftBehind.current && !/^\/(sessions|serial)\/[0-9a-f-]{36}/.test(path)) window.location.reload();
  });
  useEffect(() => {
    localStorage.setItem(KEY, here);
    const listen = ({ key, newValue }: StorageEvent) => {
      if (key !== KEY || newValue === null) return;
      isLeftBehind.current = newValue !== here;
      catchUp();
    };
    window.addEventListener("storage", listen);
    return () => window.removeEventListener("storage", listen);
  }, [here]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is what it waits for.
  useEffect(() => catchUp(), [path]);
}
