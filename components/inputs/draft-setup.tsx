"use client";

import { useMemo } from "react";
import { PromptPanel } from "@/components/prompts/prompt-panel";
import { isUnderstood, readPlan } from "@/components/prompts/read-plan";
import { ReferencesPanel } from "@/components/references/references-panel";
import { useFeed, useSessionFeed } from "@/components/sessions/use-session-feed";
import type { Picked } from "@/components/uploads/picked-files";
import { useUploads } from "@/components/uploads/use-uploads";
import { type InputRow, isPromptRow } from "@/lib/inputs/wire";
import { estimateMs } from "@/lib/sessions/estimate";
import type { SessionView } from "@/lib/sessions/wire";
import { bytesWords, plural } from "@/lib/words";
import { addPrompts } from "./add-prompts";
import { ConnectionNotice } from "./connection-notice";
import { DraftList } from "./draft-list";
import { DraftNotes } from "./draft-notes";
import { type InputList, listInputs } from "./input-list";
import { Intake } from "./intake";
import { PageDrop } from "./page-drop";
import { PromptRowsNote } from "./prompt-rows-note";
import { type ModelChoice, SettingsPanel } from "./settings-panel";
import { SetupHeader } from "./setup-header";
import { SetupScreen } from "./setup-screen";
import { StartPanel } from "./start-panel";
import { startReadiness } from "./start-readiness";
import { useInputEdits } from "./use-input-edits";
import { useKeeper } from "./use-keeper";
import { usePokeOnUpload } from "./use-poke-on-upload";
import { useStart } from "./use-start";

type DraftSetupProps = {
  view: SessionView;
  models: readonly ModelChoice[];
  /** Images worked on at once, for the estimate. */
  parallel: number;
};

/** The draft of a session: its list grows while files come in, its text is saved while one types. */
export function DraftSetup({ view, models, parallel }: DraftSetupProps) {
  const live = useSessionFeed(view);
  const { keeper, draft } = useKeeper(view);
  const { uploads, state } = useUploads(view.id);
  const edits = useInputEdits(live, uploads);
  const rows = useRows(live.store);
  const whole = useMemo(() => listInputs(rows, "all", ""), [rows]);
  usePokeOnUpload(live, state);

  const notes = useMemo(() => readPlan(draft.prompt), [draft.prompt]);
  const missing = rows.filter(
    (row) => !row.removed && row.state === "uploading" && !uploads.fileOf(row.id),
  ).length;
  const coming = whole.probing + whole.uploading - missing + state.adding - state.summary.failed;
  const readyRows = rows.filter((row) => !row.removed && row.state === "ready");
  const count = whole.ready + Math.max(0, coming);
  const start = useStart({ keeper, leaveOut: missing + state.summary.failed > 0 });
  const take = (picked: Picked[]) => uploads.add(picked, rows);
  const model = models.find(({ id }) => id === draft.settings.model);
  const promptRows = rows.filter((row) => !row.removed && isPromptRow(row));
  const write = async (prompts: readonly string[]) => {
    const answer = await addPrompts(view.id, prompts);
    live.poke();
    return answer;
  };

  return (
    <>
      <PageDrop onPicked={take} />
      <SetupScreen
        header={
          <>
            <SetupHeader keeper={keeper} draft={draft} facts="bulk · draft" />
            <ConnectionNotice store={live.store} />
          </>
        }
        facts={factsOf(whole, promptRows.length)}
        intake={
          <>
            <Intake
              compact={whole.counts.all + state.adding > 0}
              model={model}
              onPicked={take}
              onWrite={write}
            />
            <PromptRowsNote rows={promptRows} model={model} onRemove={edits.remove} />
            <DraftNotes
              rows={rows}
              list={whole}
              missing={missing}
              uploads={uploads}
              state={state}
              edits={edits}
            />
          </>
        }
        list={
          <DraftList
            rows={rows}
            sessionPrompt={draft.prompt}
            model={model}
            uploads={uploads}
            uploadState={state}
            edits={edits}
          />
        }
        panel={
          <>
            <PromptPanel
              prompt={draft.prompt}
              notes={notes}
              onChange={(prompt) => keeper.change({ prompt })}
            />
            <ReferencesPanel sessionId={view.id} model={model} />
            <SettingsPanel
              settings={draft.settings}
              models={models}
              sessionName={draft.name}
              rows={readyRows}
              onChange={(settings) => keeper.change({ settings })}
            />
          </>
        }
        start={
          <StartPanel
            count={count}
            model={model?.label ?? draft.settings.model}
            estimateMs={estimateMs({ items: count, parallel })}
            readiness={startReadiness({
              ready: whole.ready,
              coming: Math.max(0, coming),
              missing: missing + state.summary.failed,
              promptEmpty: draft.prompt.trim() === "",
              custom: whole.counts.custom,
              understood: isUnderstood(notes),
            })}
            onStart={start}
          />
        }
      />
    </>
  );
}

function useRows(store: ReturnType<typeof useSessionFeed>["store"]): InputRow[] {
  const inputs = useFeed(store, (feed) => feed.inputs);
  const order = useFeed(store, (feed) => feed.inputOrder);
  return useMemo(() => order.flatMap((id) => inputs.get(id) ?? []), [inputs, order]);
}

function factsOf({ ready, probing, uploading, bytes }: InputList, prompts: number): string | null {
  const images = ready + probing + uploading - prompts;
  const facts = [
    images > 0 && `${plural(images, "image")} · ${bytesWords(bytes)}`,
    prompts > 0 && plural(prompts, "prompt"),
  ];
  return facts.filter(Boolean).join(" · ") || null;
}
