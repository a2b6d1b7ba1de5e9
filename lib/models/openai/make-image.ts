import { join } from "node:path";
import type { Connection } from "@/lib/connections/types";
import type { MadeImage, MakeOptions, MakeRequest } from "../types";
import { callProvider } from "./call-provider";
import type { ModelFacts } from "./catalogue/types";
import { checkRequest } from "./check-request";
import { buildCall } from "./dialects/build-call";
import type { DialectRules } from "./dialects/types";
import { finishImage } from "./finish-image";
import { prepareImages } from "./prepare-images";
import { wishesOf } from "./wishes";

/** A model, the way to it and how that is spoken. */
export type Provider = { connection: Connection; facts: ModelFacts; rules: DialectRules };

/**
 * Makes one image with one call. Everything is ready before `options.send`, which is called once, right before the
 * call; after it nothing is tried again. Throws ModelError, and what `send` throws.
 */
export async function makeImage(
  provider: Provider,
  request: MakeRequest,
  { signal, send }: MakeOptions,
): Promise<MadeImage> {
  checkRequest(provider, request);
  const wishes = wishesOf(provider, request);
  const sent = await prepareImages(provider.rules, request, signal);
  const call = buildCall(provider.rules, { wishes, ...sent });
  signal.throwIfAborted();
  await send();
  const { attemptId } = request;
  const to = join(request.workDir, "answer");
  const answered = await callProvider({ provider, call, attemptId, to, signal });
  return finishImage({ provider, request, wishes, answered });
}
