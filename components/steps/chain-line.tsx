import { cn } from "@/components/ui/cn";
import type { ChainLine as Line } from "./chain-lines";

/** Height of a lane, CSS pixels. */
export const LANE = 10;
const FIRST_LANE = 10;

/**
 * A line into a step, drawn from the frame it stands in: frames are equally large, so the way back to the source is so
 * many frames and gaps. Lines over others leave a frame right of its middle and arrive left of it, or the two would be one.
 */
export function ChainLine({ line }: { line: Line }) {
  const { from, to, kind, lane } = line;
  if (lane === null) return <StraightLine />;
  const way = `calc(${to - from} * (100% + var(--gap)) - 20%)`;
  const out = FIRST_LANE + lane * LANE;
  const stroke = cn("pointer-events-none absolute border-ink-3", kind === "reference" && "border-dashed");
  return (
    <>
      <span
        aria-hidden
        data-line={`${from}-${to}`}
        className={cn(stroke, "rounded-t-control border-x border-t max-sm:hidden")}
        style={{ right: "60%", width: way, bottom: "100%", height: out }}
      >
        <Head className="-right-[4.5px] bottom-0" />
      </span>
      <span
        aria-hidden
        className={cn(stroke, "rounded-l-control border-y border-l sm:hidden")}
        style={{ bottom: "60%", height: way, right: "100%", width: out }}
      >
        <Head className="right-0 -bottom-[3.5px] -rotate-90" />
      </span>
    </>
  );
}

/** From the neighbour: across the gap at the height of the pictures, or down it on a phone. */
function StraightLine() {
  return (
    <>
      <span
        aria-hidden
        className="pointer-events-none absolute top-(--middle) right-[calc(100%+7px)] h-px w-[calc(var(--gap)-14px)] bg-ink-3 max-sm:hidden"
      >
        <Head className="-right-px -top-[2.5px] -rotate-90" />
      </span>
      <span
        aria-hidden
        className="pointer-events-none absolute bottom-[calc(100%+7px)] left-12 h-[calc(var(--gap)-14px)] w-px bg-ink-3 sm:hidden"
      >
        <Head className="bottom-0 -left-[3.5px]" />
      </span>
    </>
  );
}

/** An arrow's head that points down. */
function Head({ className }: { className: string }) {
  return (
    <span
      className={cn(
        "absolute size-0 border-x-[4px] border-x-transparent border-t-[6px] border-t-ink-3",
        className,
      )}
    />
  );
}
