import { type IsolatedRequest, type MadeImage, ModelError } from "../types";
import type { PracticeFault } from "./faults";

type Make<Request extends IsolatedRequest> = (request: Request) => Promise<MadeImage>;

/**
 * The model's `make` with a rehearsed bad day: throws the ModelError it stands for, before anything is made, or makes
 * the picture and hands it back in another size than asked, which its `notes` and `used` say. No fault: just `make`.
 * Only for the built-in model, whose `make` is free and may be called twice.
 */
export function rehearse<Request extends IsolatedRequest>(
  fault: PracticeFault | null,
  make: Make<Request>,
): Make<Request> {
  if (!fault) return make;
  if (fault.kind === "wrong_size") return (request) => makeWrongSize(make, request);
  return () => Promise.reject(failureOf(fault));
}

function failureOf(fault: Exclude<PracticeFault, { kind: "wrong_size" }>): ModelError {
  const { kind } = fault;
  const details = `practice: ${kind}`;
  switch (kind) {
    case "rate_limited":
      return new ModelError(
        kind,
        `Practice: too many requests, as when a provider limits them per minute (429). Nothing to do: this image tries again by itself after ${Math.ceil(fault.retryAfterMs / 1000)} s.`,
        { details, retryAfterMs: fault.retryAfterMs },
      );
    case "overloaded":
      return new ModelError(
        kind,
        "Practice: the provider is overloaded (503). Nothing to do: this image tries again by itself, a little later each time.",
        { details },
      );
    case "timeout":
      return new ModelError(
        kind,
        "Practice: no answer in time, as when a connection hangs. Nothing to do: this image tries again by itself.",
        { details },
      );
    case "blocked":
      return new ModelError(
        kind,
        "Practice: blocked, as when a provider's safety check refuses a picture or a prompt. The other images go on. With a real provider, change the prompt or leave the image out; here it stays blocked until practice is off.",
        { details },
      );
  }
}

async function makeWrongSize<Request extends IsolatedRequest>(make: Make<Request>, request: Request) {
  const right = await make(request);
  const [width, height] = [Number(right.used.width), Number(right.used.height)];
  const wrong = await make({
    ...request,
    prompt: `resize to ${wrongEdge(Math.max(width, height))} px`,
    source: { path: right.path, format: request.output.format, width, height, alpha: true },
    output: { ...request.output, size: { mode: "keep" } },
  });
  const asked = `${width} x ${height}`;
  const came = `${wrong.used.width} x ${wrong.used.height}`;
  return {
    ...wrong,
    used: {
      ...right.used,
      width: wrong.used.width ?? 0,
      height: wrong.used.height ?? 0,
      practice: "wrong size",
      asked,
    },
    notes: [
      ...right.notes,
      `Practice: this result is ${came} px where ${asked} px was asked, as when a provider answers in a size of its own. Reject it, or turn practice off and make it again`,
    ],
  };
}

/** Half the long edge; of a small picture twice, and never less than 64 px. */
function wrongEdge(longEdge: number): number {
  return longEdge >= 512 ? Math.floor(longEdge / 2) : Math.max(64, longEdge * 2);
}
