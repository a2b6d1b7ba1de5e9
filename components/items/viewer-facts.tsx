"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import type { DetailAttempt, DetailFeed, ItemDetails } from "@/lib/items/details";
import { ORIGINAL } from "@/lib/steps/constants";
import { bytesWords, pixelsWords } from "@/lib/words";
import { AskedUsedTable } from "./asked-used-table";
import { AttemptFacts } from "./attempt-facts";
import { AttemptTrouble } from "./attempt-trouble";
import { Fact } from "./fact";
import { OWN_IMAGES } from "./image-url";
import { UseTheseSettings } from "./use-these-settings";

type ViewerFactsProps = {
  details: ItemDetails;
  attempt: DetailAttempt | null;
  onAttempt: (attemptId: string) => void;
  onUse: (attemptId: string) => void;
};

/** How the shown attempt was made. */
export function ViewerFacts({ details, attempt, onAttempt, onUse }: ViewerFactsProps) {
  return (
    <div className="flex flex-col gap-5">
      {attempt && <Attempts details={details} attempt={attempt} onAttempt={onAttempt} onUse={onUse} />}
      {attempt && <AttemptTrouble attempt={attempt} />}
      <section>
        <div className="mb-1 flex items-center justify-between">
          <h3 className="font-semibold text-dense">Prompt</h3>
          <CopyButton text={attempt?.prompt ?? details.prompt} look="ghost" />
        </div>
        <p className="whitespace-pre-wrap text-dense text-ink-2">{attempt?.prompt ?? details.prompt}</p>
      </section>
      {attempt?.current && isAskedOtherwise(details, attempt) && (
        <p className="text-dense text-ink-3">{`The step now asks: ${details.prompt}`}</p>
      )}
      {attempt?.notes.map((note) => (
        <p key={note} className="rounded-control bg-warn-bg px-3 py-2 text-dense text-warn">
          {note}
        </p>
      ))}
      {attempt && <AskedUsedTable attempt={attempt} />}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-dense">
        <StepFacts details={details} attempt={attempt} />
        {attempt && <AttemptFacts attempt={attempt} />}
        <SourceFacts source={details.source} />
      </dl>
      {attempt && <UseTheseSettings attempt={attempt} />}
    </div>
  );
}

/** Only a chain can be changed after a result was made. */
function isAskedOtherwise({ step, prompt }: ItemDetails, attempt: DetailAttempt): boolean {
  return step.of > 1 && prompt.trim() !== attempt.prompt.trim();
}

/** Its place in the chain, and the pictures it was really made from. */
function StepFacts({ details: { step }, attempt }: Pick<ViewerFactsProps, "details" | "attempt">) {
  if (step.of < 2) return null;
  const [first, ...others] = attempt?.madeFrom ?? [];
  return (
    <>
      <Fact name="Step">
        {step.place === null ? "Removed from the chain" : `${step.place} of ${step.of}`}
      </Fact>
      {first && <Fact name="Made from">{feedWords(first)}</Fact>}
      {others.length > 0 && <Fact name="Looked at">{others.map(feedWords).join(", ")}</Fact>}
    </>
  );
}

/** "Step 1, attempt 2" */
function feedWords({ step, attempt }: DetailFeed): string {
  if (step === ORIGINAL) return "The original";
  const from = step === null ? "A removed step" : `Step ${step}`;
  return attempt === null ? from : `${from}, attempt ${attempt}`;
}

/** The file it all began with. */
export function SourceFacts({ source }: { source: ItemDetails["source"] }) {
  return (
    <>
      <Fact name="Source">
        {source.path ? `${source.path}/${source.name}` : source.name}
        {source.image && (
          <a
            href={`${OWN_IMAGES.base}/${source.image.id}/full`}
            target="_blank"
            rel="noreferrer"
            className="ml-2 inline-flex min-h-6 items-center whitespace-nowrap text-accent underline"
          >
            Open the original
          </a>
        )}
      </Fact>
      {source.image && (
        <Fact name="Source size">
          {pixelsWords(source.image.width, source.image.height)} · {bytesWords(source.image.bytes)}
        </Fact>
      )}
    </>
  );
}

function Attempts({ details, attempt, onAttempt, onUse }: ViewerFactsProps & { attempt: DetailAttempt }) {
  const { attempts } = details;
  const at = attempts.findIndex(({ id }) => id === attempt.id);
  // Newest first in the answer; people count from the first.
  const older = attempts[at + 1];
  const newer = attempts[at - 1];
  if (attempts.length < 2) return null;
  return (
    <section className="flex flex-wrap items-center gap-1">
      <IconButton
        label="Earlier attempt"
        keys="↓"
        icon={<ChevronLeft aria-hidden />}
        disabled={!older}
        onClick={() => older && onAttempt(older.id)}
      />
      <p className="text-dense">
        Attempt <b className="font-semibold">{attempt.number}</b> of {attempts.length}
      </p>
      <IconButton
        label="Later attempt"
        keys="↑"
        icon={<ChevronRight aria-hidden />}
        disabled={!newer}
        onClick={() => newer && onAttempt(newer.id)}
      />
      {attempt.current ? (
        <span className="ml-auto text-ink-3 text-pill">In use</span>
      ) : (
        attempt.image && (
          <Button size="small" className="ml-auto" onClick={() => onUse(attempt.id)}>
            Use this attempt
          </Button>
        )
      )}
    </section>
  );
}
