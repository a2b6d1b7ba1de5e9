import { join } from "node:path";
import type { ResultLine } from "../../provider-batches";
import { type MadeImage, type MakeRequest, ModelError } from "../../types";
import { answerIn, UnusableAnswer } from "../answer/read-answer";
import { savePicture } from "../answer/save-picture";
import { callFacts } from "../call-provider";
import { classify } from "../errors/classify";
import { finishImage } from "../finish-image";
import type { Provider } from "../make-image";
import { inLane } from "../pricing";
import { wishesOf } from "../wishes";

type Answered = Extract<ResultLine, { kind: "answered" }>;

/** From a line of results to what was made, as from the answer of a call of its own, at half its price. */
export async function finishLine(
  provider: Provider,
  request: MakeRequest,
  line: Answered,
  signal: AbortSignal,
): Promise<MadeImage> {
  if (line.status < 200 || line.status >= 300) throw refusalOfLine(provider, line);
  const headers = headersOf(line);
  const path = line.picture?.path ?? join(request.workDir, "fetched");
  try {
    const answer = answerIn(line.body, {
      picture: line.picture !== null,
      damage: line.picture?.damage ?? null,
    });
    if (!answer.picture) {
      await savePicture({ connection: provider.connection, url: answer.url ?? "", to: path, signal });
    }
    const wishes = wishesOf(provider, request);
    const made = await finishImage({
      provider,
      request,
      wishes,
      answered: { path, answer, headers },
    });
    return { ...made, cost: inLane(made.cost, "economy") };
  } catch (error) {
    if (!(error instanceof UnusableAnswer)) throw error;
    const failure = { kind: "unusable" as const, headers, why: error.message, body: error.body };
    throw classify(failure, callFacts(provider));
  }
}

/** A line that was refused is not charged, whatever its status says of calls of their own. */
export function refusalOfLine(provider: Provider, line: Answered): ModelError {
  const { status, body } = line;
  const text = typeof body === "string" ? body : JSON.stringify(body ?? "");
  const failure = { kind: "refusal" as const, status, headers: headersOf(line), body: text };
  const { code, words, extra } = classify(failure, callFacts(provider));
  return new ModelError(code, words, { ...extra, charge: "none" });
}

function headersOf({ requestId }: Answered): Headers {
  return new Headers(requestId ? { "x-request-id": requestId.replace(/[^\x20-\x7e]/g, "") } : {});
}
