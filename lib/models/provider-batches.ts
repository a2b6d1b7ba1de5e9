import type { BatchEndpoint, BatchInputs } from "@/lib/batches/types";
import type { MadeImage, MakeRequest, ModelError } from "./types";

/** A batch as its provider tells of it. Times are ms since 1970. */
export type ProviderBatch = {
  id: string;
  /** `working`, also while it is being cancelled; `over`: its files are all there will be; `refused`: no line was made. */
  state: "working" | "over" | "refused";
  /** The provider's own word. */
  status: string;
  /** Our id, that went along as metadata; null: somebody else's. */
  ours: string | null;
  outputFileId: string | null;
  errorFileId: string | null;
  lines: number;
  done: number;
  failed: number;
  createdAt: number;
  expiresAt: number | null;
  /** `unsupported`: of this model the provider makes no batches; `full`: more than this account may have waiting. */
  refusal: { why: "unsupported" | "full" | "other"; details: string } | null;
};

/** What a file of results says of one call. */
export type ResultLine =
  /** It was made, or refused with a status. `picture` is deleted once the next line is asked for. */
  | {
      kind: "answered";
      customId: string;
      status: number;
      requestId: string | null;
      body: unknown;
      picture: { path: string; damage: string | null } | null;
    }
  /** It was not made: the batch was over before. */
  | { kind: "unmade"; customId: string }
  | { kind: "garbage"; why: string };

/** A request whose pictures nobody opens: what it asks for can be said without them. */
export type LineRequest = Omit<MakeRequest, "workDir">;

/** A provider's batches, as one model of one connection has them. Every call may throw ModelError. */
export interface ProviderBatches {
  /** Throws ModelError for what the model cannot be asked. */
  endpointOf(request: LineRequest): BatchEndpoint;
  /** Sends the pictures of one line, each content once: `known` has those that are there, `keep` hears of new ones. */
  uploadInputs(
    request: MakeRequest,
    files: {
      known: Readonly<Record<string, string>>;
      keep(content: string, fileId: string): Promise<void>;
      signal: AbortSignal;
    },
  ): Promise<BatchInputs>;
  /** The line, without its end. */
  lineOf(request: LineRequest, line: { customId: string; inputs: BatchInputs }): string;
  /** Answers the id of the file. */
  uploadLines(path: string): Promise<string>;
  order(order: { inputFileId: string; endpoint: BatchEndpoint; ours: string }): Promise<ProviderBatch>;
  /** Those with our id among all it was given since that time, newest first. */
  find(wanted: { ours: string; since: number }): Promise<ProviderBatch[]>;
  look(id: string): Promise<ProviderBatch>;
  cancel(id: string): Promise<void>;
  removeFile(id: string): Promise<void>;
  /** Takes no more memory than a chunk. Throws NoWholeAnswer's ModelError when the file does not come whole. */
  results(fileId: string, at: { workDir: string; signal: AbortSignal }): AsyncGenerator<ResultLine>;
  /** What was made, at the price of the lane. Throws ModelError when it was refused or cannot be used. */
  finish(
    request: MakeRequest,
    line: Extract<ResultLine, { kind: "answered" }>,
    signal: AbortSignal,
  ): Promise<MadeImage>;
  /** A refusal of a line as such a call's own refusal. */
  refusalOf(line: Extract<ResultLine, { kind: "answered" }>): ModelError;
}
