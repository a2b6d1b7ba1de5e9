import { CopyButton } from "@/components/ui/copy-button";
import type { DetailAttempt } from "@/lib/items/details";
import { chargeWords } from "./charge-words";

/** Why an attempt has no result; the provider's own words and its name for the request below, to be handed on. */
export function AttemptTrouble({ attempt }: { attempt: DetailAttempt }) {
  const { error, requestId } = attempt;
  if (!error) return null;
  const charge = chargeWords(attempt);
  const details = [requestId && `Request ${requestId}`, error.details].filter(Boolean).join("\n");
  return (
    <section className="rounded-control bg-err-bg px-3 py-2 text-dense text-err">
      <p>{error.words}</p>
      {charge && <p className="mt-1">{`${charge}.`}</p>}
      {details && (
        <details className="mt-1">
          <summary className="min-h-6 py-0.5">Details</summary>
          <p className="mt-1 whitespace-pre-wrap break-words font-mono text-edge">{details}</p>
          <div className="mt-2">
            <CopyButton text={details} label="Copy details" />
          </div>
        </details>
      )}
    </section>
  );
}
