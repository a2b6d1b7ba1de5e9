"use client";

import { useEffect, useMemo, useReducer, useState } from "react";
import type { AttachModel } from "@/components/references/used-references";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import type { UploadState, UploadStore } from "@/components/uploads/upload-store";
import type { InputRow } from "@/lib/inputs/wire";
import { InputGrid } from "./input-grid";
import { ListToolbar } from "./list-toolbar";
import { type Naming, sameNames } from "./same-names";
import { moveSelection, NOTHING_SELECTED } from "./selection";
import { SelectionBar } from "./selection-bar";
import { sortInputs } from "./sort-inputs";
import { UploadBar } from "./upload-bar";
import type { InputEdits } from "./use-input-edits";
import { useListView } from "./use-list-view";

const OwnPromptDialog = panelOnDemand(() =>
  import("@/components/prompts/own-prompt-dialog").then((code) => code.OwnPromptDialog),
);
const AttachDialog = panelOnDemand(() =>
  import("@/components/references/attach-dialog").then((code) => code.AttachDialog),
);
const InputPreview = panelOnDemand(() => import("./input-preview").then((code) => code.InputPreview));

type DraftListProps = {
  rows: readonly InputRow[];
  sessionPrompt: string;
  builtIn: boolean;
  model: AttachModel | undefined;
  /** How results will be called. */
  naming: Naming;
  uploads: UploadStore;
  uploadState: UploadState;
  edits: InputEdits;
};

/** The tiles with their filters, search, selection and what opens from them. */
export function DraftList({
  rows,
  sessionPrompt,
  builtIn,
  model,
  naming,
  uploads,
  uploadState,
  edits,
}: DraftListProps) {
  const { list, view, clear } = useListView(rows);
  const { pattern, format, session } = naming;
  const namesakes = useMemo(
    () => sameNames(rows, { pattern, format, session }),
    [rows, pattern, format, session],
  );
  const order = useMemo(() => list.shown.map((row) => row.id), [list]);
  const [selection, select] = useReducer(moveSelection, NOTHING_SELECTED);
  const [openId, setOpenId] = useState<string | null>(null);
  const [promptIds, setPromptIds] = useState<readonly string[] | null>(null);
  const [attach, setAttach] = useState<{ what: "mask" | "references"; row: InputRow } | null>(null);
  useEffect(() => select({ type: "keep", order }), [order]);

  const toggle = (id: string, { shiftKey }: { shiftKey: boolean }) =>
    select(shiftKey ? { type: "range", id, order } : { type: "toggle", id });
  const all = () => select({ type: "all", order });
  const none = () => select({ type: "none" });
  const out = rows.flatMap((row) => (row.excluded && selection.ids.has(row.id) ? row.id : []));
  const at = order.indexOf(openId ?? "");
  const promptRows =
    promptIds &&
    sortInputs(
      rows.filter((row) => promptIds.includes(row.id)),
      view.sort,
    );

  return (
    <>
      <div className="flex flex-1 flex-col gap-4 px-4 pb-24 max-lg:pt-4 sm:px-5">
        {list.counts.all > 0 && <ListToolbar {...view} counts={list.counts} />}
        {list.shown.length > 0 && (
          <InputGrid
            rows={list.shown}
            copyOf={list.copyOf}
            namesakes={namesakes}
            uploads={uploads}
            selected={selection.ids}
            openId={openId}
            onOpen={setOpenId}
            onToggle={toggle}
            onPrompt={setPromptIds}
            onRemove={edits.remove}
            onSelectAll={all}
            onSelectNone={none}
          />
        )}
        {list.counts.all > 0 && list.shown.length === 0 && (
          <EmptyState title="No images match" actions={<Button onClick={clear}>Show all</Button>} />
        )}
      </div>
      <UploadBar uploads={uploads} state={uploadState} />
      <SelectionBar
        count={selection.ids.size}
        used={selection.ids.size - out.length}
        shown={order.length}
        onAll={all}
        onPrompt={() => setPromptIds([...selection.ids])}
        onExclude={(excluded) =>
          edits.exclude(excluded ? [...selection.ids].filter((id) => !out.includes(id)) : out, excluded)
        }
        onRemove={() => edits.remove([...selection.ids])}
        onNone={none}
      />
      {at >= 0 && (
        <InputPreview
          rows={list.shown}
          at={at}
          copyOf={list.copyOf}
          namesakes={namesakes}
          uploads={uploads}
          onMove={setOpenId}
          onPrompt={setPromptIds}
          onRemove={edits.remove}
          onAttach={(what, row) => setAttach({ what, row })}
          onClose={() => setOpenId(null)}
        />
      )}
      {attach && (
        <AttachDialog
          {...attach}
          sessionId={uploads.sessionId}
          selected={rows.filter((row) => selection.ids.has(row.id))}
          model={model}
          onClose={() => setAttach(null)}
        />
      )}
      {promptRows && promptRows.length > 0 && (
        <OwnPromptDialog
          rows={promptRows}
          sessionPrompt={sessionPrompt}
          builtIn={builtIn}
          onSave={(own) => edits.setPrompt(promptIds ?? [], own)}
          onSaveEach={edits.setPrompts}
          onClose={() => setPromptIds(null)}
        />
      )}
    </>
  );
}
