"use client";

import { mayGoNow } from "@/components/batches/economy-items";
import { useMove } from "@/components/batches/use-move";
import { inputImage } from "@/components/inputs/input-facts";
import { downloadUrl } from "@/components/items/image-url";
import { PicturePane } from "@/components/items/picture-pane";
import type { ItemActions } from "@/components/items/use-item-actions";
import type { LiveSession } from "@/components/sessions/use-session-feed";
import { Dialog } from "@/components/ui/dialog";
import { panelOnDemand } from "@/components/ui/panel-on-demand";
import type { InputRow } from "@/lib/inputs/wire";
import { archiveNames } from "@/lib/zip/names";
import type { ChainFrame } from "./chain-frames";
import { focusFrame, ORIGINAL_ID } from "./chain-strip";
import type { ChainRuns } from "./use-chain-runs";

const Viewer = panelOnDemand(() => import("@/components/items/viewer").then((code) => code.Viewer));

const MoveDialog = panelOnDemand(() =>
  import("@/components/batches/move-dialog").then((code) => code.MoveDialog),
);

type LargePicturesProps = {
  live: LiveSession;
  frames: readonly ChainFrame[];
  original: InputRow | null;
  naming: { pattern: string; session: string };
  /** An item's id, or ORIGINAL_ID; null: nothing is open. */
  openId: string | null;
  actions: ItemActions;
  runs: ChainRuns;
  onMove: (itemId: string) => void;
  onClose: () => void;
};

/** What is looked at large: the original alone, or a step's result beside its real input. */
export function LargePictures(props: LargePicturesProps) {
  const { live, frames, original, naming, openId, actions, runs, onMove, onClose } = props;
  const { move, ask, close } = useMove(live.store);
  if (openId === ORIGINAL_ID) return original && <LargeOriginal row={original} onClose={onClose} />;
  const order = frames.flatMap(({ item }) => item?.id ?? []);
  if (!openId || !order.includes(openId)) return null;
  const frameOf = (itemId: string) => frames.find(({ item }) => item?.id === itemId);
  return (
    <>
      <Viewer
        live={live}
        itemId={openId}
        order={order}
        actions={actions}
        onMove={onMove}
        onClose={onClose}
        onRedo={(itemId) => {
          const frame = frameOf(itemId);
          if (frame?.item && mayGoNow(frame.item)) ask([itemId]);
          else if (frame) void runs.run({ kind: "step", stepId: frame.step.id });
        }}
        onDownload={(itemId) => {
          const frame = frameOf(itemId);
          if (frame) saveResult(frame, original?.name ?? "image", naming);
        }}
      />
      {move && <MoveDialog live={live} move={move} onClose={close} />}
    </>
  );
}

function LargeOriginal({ row, onClose }: { row: InputRow; onClose: () => void }) {
  return (
    <Dialog
      open
      size="full"
      onOpenChange={(open) => !open && onClose()}
      title={row.name}
      description="Original"
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        focusFrame(ORIGINAL_ID);
      }}
    >
      <div className="flex h-full min-h-[50dvh] bg-canvas">
        <PicturePane image={inputImage(row, 1280, `Original: ${row.name}`)} />
      </div>
    </Dialog>
  );
}

function saveResult({ item, place }: ChainFrame, sourceName: string, naming: LargePicturesProps["naming"]) {
  if (!item?.imageId) return;
  const format = "png";
  const { position: n, variant } = item;
  const [name = "result"] = archiveNames(
    [{ n, variant, sourceName, sourcePath: "", step: place, format }],
    naming,
  );
  const link = document.createElement("a");
  link.href = downloadUrl(item.imageId, name);
  link.download = name;
  link.click();
}
