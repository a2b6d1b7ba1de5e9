"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { PromptPanel } from "@/components/prompts/prompt-panel";
import { readPlan } from "@/components/prompts/read-plan";
import { useToast } from "@/components/ui/toast";
import type { Picked } from "@/components/uploads/picked-files";
import { uploadsOf } from "@/components/uploads/upload-store";
import { UNTITLED } from "@/lib/sessions/constants";
import { addPrompts } from "./add-prompts";
import { Intake } from "./intake";
import { PageDrop } from "./page-drop";
import { type ModelChoice, SettingsPanel } from "./settings-panel";
import { SetupHeader } from "./setup-header";
import { SetupScreen } from "./setup-screen";
import { StartPanel } from "./start-panel";
import { useKeeper } from "./use-keeper";

/** The screen before there is a session. The first file makes one and goes to its page; so does a written prompt. */
export function NewSetup({ models }: { models: readonly ModelChoice[] }) {
  const router = useRouter();
  const toast = useToast();
  const { keeper, draft } = useKeeper(null);
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
    router.replace(`/sessions/${id}`);
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
    const typesOn = event.relatedTarget instanceof Element && event.relatedTarget.matches("input, textarea");
    const { prompt, name } = keeper.get();
    if (!typesOn && (prompt.trim() !== "" || name !== UNTITLED)) void goToSession();
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
        header={<SetupHeader keeper={keeper} draft={draft} facts="bulk · draft" />}
        facts={adding > 0 ? `adding ${adding}` : null}
        intake={
          <Intake
            compact={false}
            model={models.find(({ id }) => id === draft.settings.model)}
            onPicked={take}
            onWrite={write}
          />
        }
        list={null}
        panel={
          <>
            <PromptPanel
              prompt={draft.prompt}
              notes={readPlan(draft.prompt)}
              onChange={(prompt) => keeper.change({ prompt })}
            />
            <SettingsPanel
              settings={draft.settings}
              models={models}
              sessionName={draft.name}
              rows={[]}
              onChange={(settings) => keeper.change({ settings })}
            />
          </>
        }
        start={
          <StartPanel
            count={0}
            model=""
            estimateMs={0}
            readiness={{ kind: "blocked", words: "Add images to start." }}
            onStart={async () => null}
          />
        }
      />
    </>
  );
}
