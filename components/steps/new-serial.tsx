"use client";

import { type ReactNode, useEffect, useMemo, useState } from "react";
import { PageDrop } from "@/components/inputs/page-drop";
import { SetupHeader } from "@/components/inputs/setup-header";
import { useLateReplace } from "@/components/layout/use-late-replace";
import { useToast } from "@/components/ui/toast";
import { checkFile } from "@/components/uploads/check-file";
import type { Picked } from "@/components/uploads/picked-files";
import { randomId } from "@/components/uploads/random-id";
import { uploadsOf } from "@/components/uploads/upload-store";
import { refusalWords } from "@/lib/images/refusals";
import type { PricedChoice } from "@/lib/models/price-choices";
import { UNTITLED } from "@/lib/sessions/constants";
import type { SessionSettings } from "@/lib/sessions/types";
import { addStep } from "@/lib/steps/edit-chain";
import { chainWithoutSession, rememberChain } from "./app-memory";
import { arriveAt } from "./arrival";
import { chainFrames } from "./chain-frames";
import type { Chain } from "./chain-keeper";
import { ChainStrip, ORIGINAL_ID } from "./chain-strip";
import { OriginalFrame } from "./original-frame";
import { OriginalIntake } from "./original-intake";
import { ChainSettings } from "./original-panel";
import { originalTrouble } from "./original-words";
import { SerialLayout } from "./serial-layout";
import { StepEditor } from "./step-editor";
import { countOfSteps } from "./step-words";
import { useNewChain } from "./use-chain";
import { useChainEdits } from "./use-chain-edits";
import { useStepSelection } from "./use-step-selection";

type NewSerialProps = {
  choices: readonly PricedChoice[];
  /** What a new session starts with. */
  settings: SessionSettings;
  /** Bulk App | Serial App */
  lead: ReactNode;
};

const NOTHING = { row: null, file: null, task: undefined } as const;

/** A chain before it has an image. The image makes a session of it and goes to its page; until then it is kept in the tab. */
export function NewSerial({ choices, settings, lead }: NewSerialProps) {
  const { keeper, chain } = useNewChain(() => chainWithoutSession() ?? emptyChain(settings));
  const edits = useChainEdits(keeper);
  const { steps, name } = chain;
  const frames = useMemo(() => chainFrames({ steps, sessionPrompt: "", savedOrder: [], items: [] }), [steps]);
  const selection = useStepSelection(frames, () => null);
  const { frame, promptField } = selection;
  useEffect(() => {
    if (!chain.sessionId) rememberChain({ name, steps, settings: chain.settings });
  }, [chain.sessionId, chain.settings, name, steps]);
  const take = useFirstImage(keeper, selection.selectedId);
  function add() {
    const id = edits.add();
    if (id) selection.write(id);
  }
  return (
    <>
      <PageDrop onPicked={take} words="Drop to begin with it" />
      <SerialLayout
        header={<SetupHeader lead={lead} keeper={keeper} draft={chain} facts="serial · draft" />}
        facts={countOfSteps(frames.length)}
        run={<p className="text-dense text-ink-2">{originalTrouble(NOTHING)}</p>}
        strip={
          <ChainStrip
            frames={frames}
            original={
              <OriginalFrame
                original={NOTHING}
                selected={frame === null}
                onPress={() => selection.select(ORIGINAL_ID)}
              />
            }
            selectedId={selection.selectedId}
            store={null}
            edits={edits}
            onSelect={selection.select}
            onOpen={(id) => id !== ORIGINAL_ID && selection.write(id)}
            onAdd={add}
          />
        }
        editor={
          frame ? (
            <StepEditor
              key={frame.step.id}
              frame={frame}
              frames={frames}
              pictureOf={() => null}
              base={chain.settings}
              choices={choices}
              edits={edits}
              promptField={promptField}
              promptTrouble={null}
              onSelect={selection.select}
            />
          ) : (
            <ChainSettings
              settings={chain.settings}
              choices={choices}
              name={name}
              original={NOTHING}
              onChange={(next) => keeper.change({ settings: next })}
            />
          )
        }
        pictures={<OriginalIntake onPicked={take} />}
      />
    </>
  );
}

function emptyChain(settings: SessionSettings): Chain {
  return { name: UNTITLED, settings, steps: addStep([], { id: randomId() }).chain };
}

/** Makes a session with the image and goes to its page; only the first of several is taken. */
function useFirstImage(keeper: ReturnType<typeof useNewChain>["keeper"], selectedId: string) {
  const replace = useLateReplace();
  const toast = useToast();
  const [taking, setTaking] = useState(false);
  return async (picked: Picked[]) => {
    const [first] = picked;
    if (!first || taking) return;
    const refusal = await checkFile(first.file);
    if (refusal) return toast.show({ tone: "error", text: refusalWords(refusal, first.file.name) });
    setTaking(true);
    const id = await keeper.ensure();
    if (!id) {
      setTaking(false);
      toast.show({
        tone: "error",
        text: "No session could be made: the server can't be reached. Try again.",
      });
      return;
    }
    rememberChain(null);
    arriveAt(id, selectedId);
    void uploadsOf(id).add([first], []);
    await keeper.flush();
    if (picked.length > 1) {
      toast.show({
        text: `"${first.file.name}" was taken. The other ${picked.length - 1} were left: a chain starts from one image.`,
      });
    }
    replace(`/sessions/${id}`);
  };
}
