"use client";

import { useMemo } from "react";
import { choiceOf } from "@/components/models/use-entered";
import { usePlan } from "@/components/models/use-plan";
import { useEstimate } from "@/components/money/use-estimate";
import { ReferencesPanel } from "@/components/references/references-panel";
import { useKeptAttached } from "@/components/references/use-attached";
import { useAttachedOnTheWay } from "@/components/references/use-attached-on-the-way";
import { useFeed, useSessionFeed } from "@/components/sessions/use-session-feed";
import { DraftSwitch } from "@/components/steps/app-switch";
import type { KeptChain } from "@/components/steps/chain-keeper";
import { DraftPrompt } from "@/components/steps/draft-prompt";
import { useDraftChain } from "@/components/steps/use-draft-chain";
import type { Picked } from "@/components/uploads/picked-files";
import { useUploads } from "@/components/uploads/use-uploads";
import { type InputRow, isPromptRow } from "@/lib/inputs/wire";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { SessionView } from "@/lib/sessions/wire";
import { bytesWords, plural } from "@/lib/words";
import { addPrompts } from "./add-prompts";
import { ConnectionNotice } from "./connection-notice";
import type { KeptDraft } from "./draft-keeper";
import { DraftList } from "./draft-list";
import { DraftNotes } from "./draft-notes";
import { type InputList, listInputs } from "./input-list";
import { Intake } from "./intake";
import { PageDrop } from "./page-drop";
import { PromptRowsNote } from "./prompt-rows-note";
import { SettingsPanel } from "./settings-panel";
import { SetupHeader } from "./setup-header";
import { SetupScreen } from "./setup-screen";
import { StartArea } from "./start-area";
import { useInputEdits } from "./use-input-edits";
import { useKeeper } from "./use-keeper";
import { usePokeOnUpload } from "./use-poke-on-upload";
import { useStart } from "./use-start";

type DraftSetupProps = {
  view: SessionView;
  choices: readonly PricedChoice[];
  /** Images worked on at once, for the estimate. */
  parallel: number;
};

/** The draft of a session: its list grows while files come in, its text is saved while one types. */
export function DraftSetup({ view, choices, parallel }: DraftSetupProps) {
  const live = useSessionFeed(view);
  const { keeper, draft } = useKeeper(view);
  const steps = useDraftChain({ view, live, settings: draft.settings, choices });
  const { uploads, state } = useUploads(view.id);
  const edits = useInputEdits(live, uploads);
  const rows = useRows(live.store);
  const whole = useMemo(() => listInputs(rows, "all", ""), [rows]);
  usePokeOnUpload(live, state);
  useKeptAttached(view.id, live.poke);
  const attached = useAttachedOnTheWay(view.id);

  const choice = choiceOf(choices, draft.settings);
  const builtIn = draft.settings.connection === "studio";
  const plan = usePlan(draft.prompt, { builtIn });
  const version = useVersion(live.store, draft, steps.chain);
  const estimate = useEstimate(view.id, builtIn ? null : version);
  const missing = rows.filter(
    (row) => !row.removed && row.state === "uploading" && !uploads.fileOf(row.id),
  ).length;
  const coming = whole.probing + whole.uploading - missing + state.adding - state.summary.failed;
  const readyRows = rows.filter((row) => !row.removed && row.state === "ready");
  const count = whole.ready + Math.max(0, coming);
  const start = useStart({ keeper, leaveOut: missing + state.summary.failed + attached.missing > 0 });
  const take = (picked: Picked[]) => uploads.add(picked, rows);
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
            <SetupHeader
              lead={<DraftSwitch app="bulk" sessionId={view.id} />}
              keeper={keeper}
              draft={draft}
              facts="bulk · draft"
            />
            <ConnectionNotice store={live.store} />
          </>
        }
        facts={factsOf(whole, promptRows.length)}
        intake={
          <>
            <Intake
              compact={whole.counts.all + state.adding > 0}
              model={choice}
              onPicked={take}
              onWrite={write}
            />
            <PromptRowsNote rows={promptRows} model={choice} onRemove={edits.remove} />
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
            builtIn={builtIn}
            model={choice}
            naming={{
              pattern: draft.settings.namePattern,
              format: draft.settings.output.format,
              session: draft.name,
            }}
            uploads={uploads}
            uploadState={state}
            edits={edits}
          />
        }
        panel={
          <>
            <DraftPrompt
              draft={draft}
              notes={plan.notes}
              builtIn={builtIn}
              choices={choices}
              steps={steps}
              onPrompt={(prompt) => keeper.change({ prompt })}
            />
            <ReferencesPanel sessionId={view.id} model={choice} />
            <SettingsPanel
              settings={draft.settings}
              choices={choices}
              prices={estimate.answer?.byQuality ?? {}}
              sessionName={draft.name}
              rows={readyRows}
              onChange={(settings) => keeper.change({ settings })}
            />
          </>
        }
        start={
          <StartArea
            live={live}
            count={count}
            choice={choice}
            parallel={parallel}
            estimate={estimate}
            readiness={steps.readiness({
              ready: whole.ready,
              // References alone are nothing to start with.
              coming: Math.max(0, coming) + (count > 0 ? attached.coming : 0),
              missing: missing + state.summary.failed + attached.missing,
              promptEmpty: steps.usesPrompt && draft.prompt.trim() === "",
              custom: whole.counts.custom,
              understood: plan.understood,
              modelGone: !choice,
            })}
            onStart={() => steps.saved(start)}
          />
        }
      />
    </>
  );
}

/** Changes whenever what is saved of the draft does; null while it is being saved. */
function useVersion(
  store: ReturnType<typeof useSessionFeed>["store"],
  { save }: KeptDraft,
  { save: ofSteps }: KeptChain,
): string | null {
  const cursor = useFeed(store, (feed) => feed.cursor);
  const budget = useFeed(store, (feed) => feed.pulse.budget);
  if (save.kind === "saving" || ofSteps.kind === "saving") return null;
  const times = [save, ofSteps].map((one) => (one.kind === "saved" ? one.at.getTime() : ""));
  return `${cursor} ${budget} ${times.join(" ")}`;
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
