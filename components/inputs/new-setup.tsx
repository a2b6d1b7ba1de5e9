"use client";

import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { useLateReplace } from "@/components/layout/use-late-replace";
import { choiceOf } from "@/components/models/use-entered";
import { usePlan } from "@/components/models/use-plan";
import { PromptPanel } from "@/components/prompts/prompt-panel";
import { rememberDraft } from "@/components/steps/app-memory";
import { useToast } from "@/components/ui/toast";
import type { Picked } from "@/components/uploads/picked-files";
import { uploadsOf } from "@/components/uploads/upload-store";
import type { PricedChoice } from "@/lib/models/price-choices";
import { UNTITLED } from "@/lib/sessions/constants";
import type { SessionSettings } from "@/lib/sessions/types";
import { addPrompts } from "./add-prompts";
import { Intake } from "./intake";
import { PageDrop } from "./page-drop";
import { SettingsPanel } from "./settings-panel";
import { SetupHeader } from "./setup-header";
import { SetupScreen } from "./setup-screen";
import { StartPanel } from "./start-panel";
import { useKeeper } from "./use-keeper";

type NewSetupProps = {
  choices: readonly PricedChoice[];
  /** What a new session starts with. */
  settings: SessionSettings;
  /** Before the name. */
  lead: ReactNode;
};

/** The screen before there is a session. The first file makes one and goes to its page; so does a written prompt. */
export function NewSetup({ choices, settings, lead }: NewSetupProps) {
  const replace = useLateReplace();
  const toast = useToast();
  const { keeper, draft } = useKeeper(null, settings);
  const builtIn = draft.settings.connection === "studio";
  const plan = usePlan(draft.prompt, { builtIn });
  const [adding, setAdding] = useState(0);

  async function goToSession(): Promise<string | null> {
    const id = await keeper.ensure();
    if (!id) {
      toast.show({
        tone: "error",
        text: "No session could be made: the server can't be reached. Try again.",
      });
      return null;
    }
    await keeper.flush();
    replace(`/sessions/${id}`);
    return id;
  }

  // The prompts are sent first: the session's page then begins with them.
  async function write(prompts: readonly string[]) {
    const id = await keeper.ensure();
    if (!id) return { left: prompts, words: "No session could be made: the server can't be reached." };
    const answer = await addPrompts(id, prompts);
    if (answer.left.length < prompts.length) await goToSession();
    return answer;
  }

  async function take(picked: Picked[]) {
    if (picked.length === 0) return;
    setAdding(picked.length);
    const id = await goToSession();
    if (id) void uploadsOf(id).add(picked, []);
    else setAdding(0);
  }

  // Not while someone types: the new page would take the caret away.
  const onFocusOut = useEffectEvent((event: FocusEvent) => {
    // The switch of the other side loses the focus when that side is hidden: nobody left a field.
    if (event.target instanceof Element && event.target.closest("[data-app-switch]")) return;
    const to = event.relatedTarget instanceof Element ? event.relatedTarget : null;
    const { prompt, name } = keeper.get();
    if (to?.closest("[data-app-switch]")) {
      // Looked away only: what is written is safe, and found again from the other side.
      if (prompt.trim() !== "") void keeper.ensure().then((id) => id && rememberDraft("bulk", id));
      return;
    }
    if (prompt.trim() === "" && name === UNTITLED) return;
    if (to?.closest("input, textarea, [role=dialog]")) return;
    // A link leads on already.
    void (to?.closest("a[href]") ? keeper.ensure() : goToSession());
  });
  useEffect(() => {
    // Next turn: the field that is left takes its text over first.
    const leave = (event: FocusEvent) => void setTimeout(() => onFocusOut(event));
    document.addEventListener("focusout", leave);
    return () => document.removeEventListener("focusout", leave);
  }, []);

  return (
    <>
      <PageDrop onPicked={take} />
      <SetupScreen
        header={<SetupHeader lead={lead} keeper={keeper} draft={draft} facts="bulk · draft" />}
        facts={adding > 0 ? `adding ${adding}` : null}
        intake={
          <Intake compact={false} model={choiceOf(choices, draft.settings)} onPicked={take} onWrite={write} />
        }
        list={null}
        panel={
          <>
            <PromptPanel
              prompt={draft.prompt}
              notes={plan.notes}
              builtIn={builtIn}
              onChange={(prompt) => keeper.change({ prompt })}
            />
            <SettingsPanel
              settings={draft.settings}
              choices={choices}
              prices={{}}
              sessionName={draft.name}
              rows={[]}
              onChange={(settings) => keeper.change({ settings })}
            />
          </>
        }
        start={
          <StartPanel
            count={0}
            lines={null}
            readiness={{ kind: "blocked", words: "Add images to start." }}
            onStart={async () => null}
          />
        }
      />
    </>
  );
}
