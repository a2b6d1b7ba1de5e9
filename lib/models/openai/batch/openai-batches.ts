import type { ProviderBatches, ResultLine } from "../../provider-batches";
import type { Provider } from "../make-image";
import { receiveStream } from "./ask";
import { removeFile, uploadLines } from "./files";
import { finishLine, refusalOfLine } from "./finish-line";
import { endpointOf, lineOf, uploadInputs } from "./inputs";
import { cancelBatch, findBatches, lookAtBatch, orderBatch } from "./orders";
import { readLines } from "./read-lines";

/** The Batch API behind a connection, for one model. */
export function openaiBatches(provider: Provider): ProviderBatches {
  return {
    endpointOf: (request) => endpointOf(provider, request),
    uploadInputs: (request, files) => uploadInputs(provider, request, files),
    lineOf: (request, line) => lineOf(provider, request, line),
    uploadLines: (path) => uploadLines(provider, path),
    order: (order) => orderBatch(provider, order),
    find: (wanted) => findBatches(provider, wanted),
    look: (id) => lookAtBatch(provider, id),
    cancel: (id) => cancelBatch(provider, id),
    removeFile: (id) => removeFile(provider, id),
    results: (fileId, at) => results(provider, fileId, at),
    finish: (request, line, signal) => finishLine(provider, request, line, signal),
    refusalOf: (line) => refusalOfLine(provider, line),
  };
}

/** A file of results over a slow connection. */
const RESULTS_MS = 30 * 60_000;

async function* results(
  provider: Provider,
  fileId: string,
  { workDir, signal }: { workDir: string; signal: AbortSignal },
): AsyncGenerator<ResultLine> {
  const body = receiveStream(provider, RESULTS_MS, signal, (sdk, either) =>
    sdk.get(`/files/${encodeURIComponent(fileId)}/content`, { signal: either }).asResponse(),
  );
  yield* readLines(body, { workDir });
}
