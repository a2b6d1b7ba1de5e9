import { LocalTime } from "@/components/sessions/local-time";
import { Link } from "@/components/ui/link";
import type { DetailAttempt } from "@/lib/items/details";
import { bytesWords, countWords, pixelsWords, tookWords } from "@/lib/words";
import { askedUsed, COMPARED } from "./asked-used";
import { chargeWords } from "./charge-words";
import { Fact } from "./fact";
import { numberWords } from "./item-words";

/** How one attempt went: rows of a `dl`. */
export function AttemptFacts({ attempt }: { attempt: DetailAttempt }) {
  const { image, settings, usage, reusedFrom } = attempt;
  const compared = image && askedUsed(attempt).length > 0;
  const charge = chargeWords(attempt);
  return (
    <>
      {image && (
        <Fact name="Result">
          {pixelsWords(image.width, image.height)} · {image.format.toUpperCase().replace("JPEG", "JPG")} ·{" "}
          {bytesWords(image.bytes)}
        </Fact>
      )}
      {reusedFrom && (
        <Fact name="Reused from">
          <Link
            href={`/sessions/${reusedFrom.sessionId}?item=${reusedFrom.itemId}`}
            className="text-accent underline"
          >
            {`${numberWords(reusedFrom.position)}, ${reusedFrom.sessionName}`}
          </Link>
        </Fact>
      )}
      {!compared && <Fact name="Model">{modelWords(attempt)}</Fact>}
      <Fact name="Output">{outputWords(settings.output)}</Fact>
      {Object.entries(settings.used ?? {})
        .filter(
          ([name]) => !TOLD_ELSEWHERE.includes(name) && !(compared && COMPARED.some((one) => one === name)),
        )
        .map(([name, value]) => (
          <Fact key={name} name={asWords(name)}>
            {String(value)}
          </Fact>
        ))}
      {attempt.seed !== null && <Fact name="Seed">{attempt.seed}</Fact>}
      {charge && <Fact name="Cost">{charge}</Fact>}
      {usage && Object.keys(usage).length > 0 && <Fact name="Billed by">{usageWords(usage)}</Fact>}
      <Fact name="Made">
        <LocalTime at={attempt.startedAt} />
        {attempt.tookMs !== null && ` · ${tookWords(attempt.tookMs)}`}
      </Fact>
      {attempt.requestId && !attempt.error && (
        <Fact name="Request">
          <span className="break-all font-mono text-edge">{attempt.requestId}</span>
        </Fact>
      )}
    </>
  );
}

/** Of what a model reports to have used: the size stands with the result. */
const TOLD_ELSEWHERE = ["width", "height"];

function modelWords({ model, modelVersion }: DetailAttempt): string {
  if (!modelVersion) return model;
  return modelVersion.startsWith(model) ? modelVersion : `${model} ${modelVersion}`;
}

function outputWords({ format, quality, size }: DetailAttempt["settings"]["output"]): string {
  const kind = format === "png" ? "PNG" : `${format === "jpeg" ? "JPG" : "WebP"} ${quality}`;
  switch (size.mode) {
    case "keep":
      return `${kind}, size kept`;
    case "long-edge":
      return `${kind}, long edge ${size.pixels} px`;
    case "exact":
      return `${kind}, ${pixelsWords(size.width, size.height)}`;
  }
}

/** "1,024 image in, 439 out" */
function usageWords(usage: Record<string, number>): string {
  return Object.entries(usage)
    .map(([name, count]) => `${countWords(count)} ${asWords(name).toLowerCase()}`)
    .join(", ");
}

/** "subjectConfidence" and "subject_confidence": "Subject confidence". */
function asWords(name: string): string {
  const words = name.replace(/_/g, " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
