import { Info, TriangleAlert } from "lucide-react";
import { costWords, countLine, monthWords, nowWords, paceWords } from "./estimate-words";
import type { EstimateState } from "./use-estimate";

type EstimateLinesProps = {
  estimate: EstimateState;
  /** The provider says what a call cost, but not what is left in the account. */
  creditUnknown: boolean;
};

/** What Start would cost and take, with all that speaks against it. */
export function EstimateLines({ estimate: { answer, trouble }, creditUnknown }: EstimateLinesProps) {
  if (trouble) return <p className="text-dense text-err">{trouble}</p>;
  // Before its images have arrived there is nothing to price.
  if (!answer || answer.items === 0) return <p className="text-dense text-ink-3">Working out the cost</p>;
  const notes = [paceWords(answer), monthWords(answer.monthLeft)].filter(Boolean).join(" · ");
  const now = nowWords(answer);
  return (
    <div className="flex flex-col gap-1.5 text-dense">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-semibold text-lead">{costWords(answer)}</span>
        <span className="text-ink-2">{countLine(answer)}</span>
      </p>
      {now && <p className="text-ink-2 text-pill">{now}</p>}
      {notes && <p className="text-ink-3 text-pill">{notes}</p>}
      {answer.warnings.map(({ kind, words }) => (
        <p key={kind} className="flex gap-1.5 text-pill text-warn">
          <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
          {words}
        </p>
      ))}
      {creditUnknown && answer.warnings.length === 0 && (
        <p className="flex gap-1.5 text-ink-3 text-pill">
          <Info className="mt-px size-3.5 shrink-0" aria-hidden />
          The provider does not tell how much credit is left. Without credit the run pauses and keeps its
          place.
        </p>
      )}
    </div>
  );
}
