import { createHash } from "node:crypto";
import type { BatchEndpoint, BatchInputs } from "@/lib/batches/types";
import type { LineRequest, ProviderBatches } from "../../provider-batches";
import type { MakeRequest } from "../../types";
import { checkRequest } from "../check-request";
import { fieldsOf } from "../dialects/build-call";
import type { SentImage } from "../dialects/types";
import type { Provider } from "../make-image";
import { prepareImages } from "../prepare-images";
import { wishesOf } from "../wishes";
import { uploadPicture } from "./files";
import { pathOf } from "./orders";

/** Throws ModelError for what the model cannot be asked. */
export function endpointOf(provider: Provider, request: LineRequest): BatchEndpoint {
  checkRequest(provider, { ...request, workDir: "" });
  return request.source || request.references.length > 0 ? "edits" : "generations";
}

/** Sends what a line looks at, prepared as for a call of its own; a content that is there already is not sent again. */
export async function uploadInputs(
  provider: Provider,
  request: MakeRequest,
  { known, keep, signal }: Parameters<ProviderBatches["uploadInputs"]>[1],
): Promise<BatchInputs> {
  const { images, mask } = await prepareImages(provider.rules, request, signal);
  const sent = new Map(Object.entries(known));
  const fileOf = async (image: SentImage): Promise<string> => {
    const content = createHash("sha256").update(image.bytes).digest("hex");
    const there = sent.get(content);
    if (there) return there;
    const id = await uploadPicture(provider, image);
    sent.set(content, id);
    await keep(content, id);
    return id;
  };
  const ids: string[] = [];
  for (const image of images) ids.push(await fileOf(image));
  return { images: ids, mask: mask && (await fileOf(mask)) };
}

/** One call as a line of a batch. Pictures go by the id of their upload. */
export function lineOf(
  provider: Provider,
  request: LineRequest,
  { customId, inputs }: { customId: string; inputs: BatchInputs },
): string {
  const url = pathOf(endpointOf(provider, request));
  const fields = fieldsOf(provider.rules, wishesOf(provider, { ...request, workDir: "" }), {
    edits: inputs.images.length > 0,
  });
  const images = inputs.images.map((file_id) => ({ file_id }));
  const body = {
    ...fields,
    ...(images.length > 0 && { images }),
    ...(inputs.mask && { mask: { file_id: inputs.mask } }),
  };
  return JSON.stringify({ custom_id: customId, method: "POST", url, body });
}
