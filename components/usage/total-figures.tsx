import { formatMoney } from "@/lib/money";
import { figuresOf, percentWords } from "@/lib/usage/figures";
import type { UsageNumbers } from "@/lib/usage/types";
import { countWords, plural, tookWords } from "@/lib/words";

/** The numbers of a period, each with what it is made of. */
export function TotalFigures({ total }: { total: UsageNumbers }) {
  const { images, cost, successRate, perImage, perApproved } = figuresOf(total);
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] gap-x-6 gap-y-5">
      <Figure label="Images" value={countWords(images)} note={imageNote(total)} />
      <Figure
        label="Cost"
        value={formatMoney(cost)}
        note={total.maybe > 0 ? `${formatMoney(total.maybe)} of it perhaps charged` : undefined}
      />
      <Figure label="Per image" value={perImage === null ? null : formatMoney(perImage)} note="all cost" />
      <Figure
        label="Per approved image"
        value={perApproved === null ? null : formatMoney(perApproved)}
        note={`${countWords(total.approved)} approved`}
      />
      <Figure
        label="Success rate"
        value={successRate === null ? null : percentWords(successRate)}
        note={failureNote(total)}
      />
      <Figure
        label="Mean time"
        value={total.meanMs === null ? null : tookWords(total.meanMs)}
        note="an image"
      />
    </dl>
  );
}

function Figure({ label, value, note }: { label: string; value: string | null; note?: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-dense text-ink-2">{label}</dt>
      <dd>
        <span className="block text-number">{value ?? <NoFigure />}</span>
        {note && <span className="block text-ink-2 text-pill">{note}</span>}
      </dd>
    </div>
  );
}

function NoFigure() {
  return (
    <>
      <span aria-hidden>–</span>
      <span className="sr-only">none</span>
    </>
  );
}

function imageNote({ made, reused }: UsageNumbers): string | undefined {
  return reused > 0 ? `${countWords(made)} made, ${countWords(reused)} reused` : undefined;
}

function failureNote({
  failed,
  blocked,
  unknown,
  slowed,
  chargedFailures,
  failureCost,
}: UsageNumbers): string {
  const parts = [
    failed > 0 && `${countWords(failed)} failed`,
    blocked > 0 && `${countWords(blocked)} blocked`,
    unknown > 0 && `${countWords(unknown)} without an answer`,
  ].filter(Boolean);
  const charged =
    chargedFailures > 0
      ? `${countWords(chargedFailures)} of them charged, ${formatMoney(failureCost)}`
      : "none of them charged";
  return [
    parts.length > 0 ? `${parts.join(", ")}` : "no try failed",
    failed + blocked > 0 && charged,
    slowed > 0 && `asked to slow down ${plural(slowed, "time")}`,
  ]
    .filter(Boolean)
    .join("; ");
}
