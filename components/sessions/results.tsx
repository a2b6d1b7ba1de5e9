"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useMove } from "@/components/batches/use-move";
import { moveSelection, NOTHING_SELECTED, type SelectionMove } from "@/components/inputs/selection";
import { ResultsGrid } from "@/components/items/results-grid";
import { ResultsToolbar } from "@/components/items/results-toolbar";
import { chosenItems, SelectionBar } from "@/components/items/selection-bar";
import { filterOf, type StatusFilter } from "@/components/items/status-filter";
import { TILE_SIZES } from "@/components/items/tile-geometry";
import { useItemActions } from "@/components/items/use-item-actions";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import { DownloadPanel } from "@/components/zip/download-panel";
import { useDownload } from "@/components/zip/use-download";
import type { SessionView } from "@/lib/sessions/wire";
import { FilterEmpty } from "./filter-empty";
import { ProgressStatus } from "./progress-status";
import { ResultsHeader } from "./results-header";
import { ResultsNotices } from "./results-notices";
import { useOpenTile } from "./use-open-tile";
import { useRedo } from "./use-redo";
import { useSessionFeed } from "./use-session-feed";
import { useSheetLook } from "./use-sheet-look";
import { useShownOrder } from "./use-shown-order";
import { useShownStep } from "./use-shown-step";
import { useTileCommands } from "./use-tile-commands";
import { useTileCounts } from "./use-tile-counts";
import { useTileRows } from "./use-tile-rows";
import { useUrlState } from "./use-url-state";

const viewerCode = () => import("@/components/items/viewer");
const redoCode = () => import("@/components/items/redo-dialog");
const Viewer = panelOnDemand(() => viewerCode().then((code) => code.Viewer));
const RedoDialog = panelOnDemand(() => redoCode().then((code) => code.RedoDialog));
const ShareDialog = panelOnDemand(() =>
  import("@/components/shares/share-dialog").then((code) => code.ShareDialog),
);
const MoveDialog = panelOnDemand(() =>
  import("@/components/batches/move-dialog").then((code) => code.MoveDialog),
);
const SETTLED_MS = 3_000;

/** A session that has started: progress, the sheet of results, and what to do with them. */
export function Results({ view }: { view: SessionView }) {
  const live = useSessionFeed(view);
  const { store } = live;
  const url = useUrlState();
  const filter = filterOf(url.params.get("status"));
  const query = url.params.get("q") ?? "";
  const { openId, askedStep } = useOpenTile(store, url.params);
  const step = useShownStep(store, askedStep, url.set);
  const look = useSheetLook();
  const tiles = useTileCounts(store, step.place);
  const rowOf = useTileRows(store, step.place);
  const order = useShownOrder(store, { rowOf, filter, query });
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  const [currentId, setCurrentId] = useState<string | null>(openId);
  const { redo, askRedo, close: closeRedo } = useRedo(store, view);
  const { move, ask: askNow, close: closeMove } = useMove(store);
  const [sharing, setSharing] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const actions = useItemActions(live);
  usePanelCode();
  const { downloading, start } = useDownload(`/api/sessions/${view.id}/download`);
  const select = useCallback((move: SelectionMove) => setSelection((now) => moveSelection(now, move)), []);
  const commands = useTileCommands({
    store,
    view,
    order,
    step,
    open: (id) => url.set({ item: id }, { push: true }),
    select,
    setCurrentId,
    askRedo,
    askNow,
    actions,
    resize: (by) => look.onSize(Math.max(0, Math.min(TILE_SIZES - 1, look.size + by))),
    search: () => search.current?.focus(),
  });
  const chosen = useMemo(() => chosenItems(selection.ids, rowOf), [selection.ids, rowOf]);
  const setFilter = (next: StatusFilter) => {
    select({ type: "none" });
    url.set({ status: next === "all" ? null : next });
  };
  return (
    <>
      <ProgressStatus store={store} name={view.name} last={step.last} />
      <ResultsHeader
        view={view}
        live={live}
        last={step.last}
        downloading={downloading !== null}
        onDownload={(steps) => start({ steps })}
        onShare={() => setSharing(true)}
        onFilter={(next) => {
          // Its numbers are those of the last step.
          url.set({ step: null });
          setFilter(next);
        }}
      />
      <ResultsNotices live={live} actions={actions} onEditPrompt={(itemIds) => askRedo("retry", itemIds)} />
      <ResultsToolbar
        {...look}
        tiles={tiles}
        step={step}
        filter={filter}
        onFilter={setFilter}
        query={query}
        onQuery={(next) => url.set({ q: next || null })}
        searchRef={search}
      />
      <div className="flex-1 px-4 pt-3 pb-24 sm:px-5">
        {order.length === 0 ? (
          <FilterEmpty
            filter={filter}
            query={query}
            onClear={() => {
              url.set({ status: null, q: null });
              if (search.current) search.current.value = "";
            }}
          />
        ) : (
          <ResultsGrid
            store={store}
            order={order}
            place={step.place}
            original={step.original}
            size={look.size}
            layout={step.original ? "result" : look.layout}
            selection={selection}
            onSelect={select}
            currentId={currentId}
            commands={commands}
          />
        )}
      </div>
      <SelectionBar
        sessionId={view.id}
        chosen={chosen}
        shown={order.length}
        onRun={() => actions.runPlace(step.place, chosen.run)}
        onNow={() => askNow(chosen.now)}
        onRetry={() => actions.retry(chosen.retry)}
        onRegenerate={() => askRedo("regenerate", chosen.regenerate)}
        onDownload={() => start({ itemIds: new Set(chosen.download), steps: step.place ?? undefined })}
        onAll={() => select({ type: "all", order })}
        onClear={() => select({ type: "none" })}
      />
      {openId && (
        <Viewer
          live={live}
          itemId={openId}
          step={step}
          order={order.includes(openId) ? order : [openId]}
          actions={actions}
          onMove={(id) => {
            url.set({ item: id, step: step.address });
            setCurrentId(id);
          }}
          onClose={() => url.set({ item: null, step: step.address })}
          onRedo={commands.redo}
          onDownload={commands.download}
        />
      )}
      {redo && <RedoDialog redo={redo} onClose={closeRedo} actions={actions} />}
      {move && <MoveDialog live={live} move={move} onClose={closeMove} />}
      {sharing && <ShareDialog sessionId={view.id} onClose={() => setSharing(false)} />}
      <DownloadPanel downloading={downloading} />
    </>
  );
}

/** The code of panels comes after the page itself, so that a tile opens at once, and also while the server is away. */
function usePanelCode() {
  useEffect(() => {
    const timer = setTimeout(() => void Promise.allSettled([viewerCode(), redoCode()]), SETTLED_MS);
    return () => clearTimeout(timer);
  }, []);
}
