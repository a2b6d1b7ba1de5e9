"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { moveSelection, NOTHING_SELECTED, type SelectionMove } from "@/components/inputs/selection";
import { promptOfItems } from "@/components/items/prompt-of-items";
import type { Redo } from "@/components/items/redo-dialog";
import { ResultsGrid } from "@/components/items/results-grid";
import { ResultsToolbar } from "@/components/items/results-toolbar";
import { chosenItems, SelectionBar } from "@/components/items/selection-bar";
import { filterOf, type StatusFilter, visibleItems } from "@/components/items/status-filter";
import { TILE_SIZES } from "@/components/items/tile-geometry";
import { useItemActions } from "@/components/items/use-item-actions";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import { DownloadPanel } from "@/components/zip/download-panel";
import { useDownload } from "@/components/zip/use-download";
import type { SessionView } from "@/lib/sessions/wire";
import { FilterEmpty } from "./filter-empty";
import { costEach } from "./money-words";
import { ProgressStatus } from "./progress-status";
import { ResultsHeader } from "./results-header";
import { ResultsNotices } from "./results-notices";
import { useFeed, useSessionFeed } from "./use-session-feed";
import { useSheetLook } from "./use-sheet-look";
import { useTileCommands } from "./use-tile-commands";
import { useUrlState } from "./use-url-state";

const viewerCode = () => import("@/components/items/viewer");
const redoCode = () => import("@/components/items/redo-dialog");
const Viewer = panelOnDemand(() => viewerCode().then((code) => code.Viewer));
const RedoDialog = panelOnDemand(() => redoCode().then((code) => code.RedoDialog));
const ShareDialog = panelOnDemand(() =>
  import("@/components/shares/share-dialog").then((code) => code.ShareDialog),
);
const SETTLED_MS = 3_000;

/** A session that has started: progress, the sheet of results, and what to do with them. */
export function Results({ view }: { view: SessionView }) {
  const live = useSessionFeed(view);
  const { store } = live;
  const url = useUrlState();
  const filter = filterOf(url.params.get("status"));
  const query = url.params.get("q") ?? "";
  const openId = url.params.get("item");
  const look = useSheetLook();
  const counts = useFeed(store, (state) => state.pulse.counts);
  const items = useFeed(store, (state) => state.items);
  const order = useShownOrder(live.store, filter, query);
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  const [currentId, setCurrentId] = useState<string | null>(openId);
  const [redo, setRedo] = useState<Redo | null>(null);
  const [sharing, setSharing] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const actions = useItemActions(live);
  useEffect(() => {
    // After the page itself, so that a tile opens at once, and also while the server is away.
    const timer = setTimeout(() => void Promise.allSettled([viewerCode(), redoCode()]), SETTLED_MS);
    return () => clearTimeout(timer);
  }, []);
  const { downloading, start } = useDownload(`/api/sessions/${view.id}/download`);
  const select = useCallback((move: SelectionMove) => setSelection((now) => moveSelection(now, move)), []);
  const open = useCallback((id: string) => url.set({ item: id }, { push: true }), [url.set]);
  const resize = (by: 1 | -1) => look.onSize(Math.max(0, Math.min(TILE_SIZES - 1, look.size + by)));
  const focusSearch = () => search.current?.focus();
  async function askRedo(kind: Redo["kind"], itemIds: string[]) {
    const prompt = await promptOfItems(itemIds, { items, sessionPrompt: view.prompt });
    const builtIn = view.settings.connection === "studio";
    setRedo({ kind, itemIds, prompt, builtIn, costEach: costEach(store.get().pulse) });
  }
  const commands = useTileCommands({
    store,
    view,
    order,
    open,
    select,
    setCurrentId,
    askRedo,
    actions,
    resize,
    search: focusSearch,
  });
  const chosen = useMemo(() => chosenItems(selection.ids, items), [selection.ids, items]);
  const setFilter = (next: StatusFilter) => {
    select({ type: "none" });
    url.set({ status: next === "all" ? null : next });
  };
  function move(id: string) {
    url.set({ item: id });
    setCurrentId(id);
  }
  const close = () => url.set({ item: null });
  return (
    <>
      <ProgressStatus store={store} name={view.name} />
      <ResultsHeader
        view={view}
        live={live}
        downloading={downloading !== null}
        onDownload={() => start()}
        onShare={() => setSharing(true)}
        onFilter={setFilter}
      />
      <ResultsNotices live={live} actions={actions} onEditPrompt={(itemIds) => askRedo("retry", itemIds)} />
      <ResultsToolbar
        {...look}
        counts={counts}
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
            size={look.size}
            layout={look.layout}
            selection={selection}
            onSelect={select}
            currentId={currentId}
            commands={commands}
          />
        )}
      </div>
      <SelectionBar
        chosen={chosen}
        shown={order.length}
        onRetry={() => actions.retry(chosen.retry)}
        onRegenerate={() => askRedo("regenerate", chosen.regenerate)}
        onDownload={() => start(new Set(chosen.download))}
        onAll={() => select({ type: "all", order })}
        onClear={() => select({ type: "none" })}
      />
      {openId && (
        <Viewer
          live={live}
          itemId={openId}
          order={order.includes(openId) ? order : [openId]}
          actions={actions}
          onMove={move}
          onClose={close}
          onRedo={commands.redo}
          onDownload={commands.download}
        />
      )}
      {redo && <RedoDialog redo={redo} onClose={() => setRedo(null)} actions={actions} />}
      {sharing && <ShareDialog sessionId={view.id} onClose={() => setSharing(false)} />}
      <DownloadPanel downloading={downloading} />
    </>
  );
}

function useShownOrder(
  store: ReturnType<typeof useSessionFeed>["store"],
  filter: StatusFilter,
  query: string,
) {
  const order = useFeed(store, (state) => state.itemOrder);
  const items = useFeed(store, (state) => state.items);
  const inputs = useFeed(store, (state) => state.inputs);
  return useMemo(() => {
    const nameOf = (inputId: string) => {
      const input = inputs.get(inputId);
      return input ? `${input.path}/${input.name}` : "";
    };
    return visibleItems({ order, items }, { filter, query, nameOf });
  }, [order, items, inputs, filter, query]);
}
