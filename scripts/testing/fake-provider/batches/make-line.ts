import { z } from "zod";
import { json, type Reply } from "../faults/damage";
import { faultRefusal } from "../faults/refusals";
import { noteAsk, noteSent } from "../log/note";
import { make } from "../make";
import type { Provider } from "../provider";
import { Refusal } from "../refusal";
import type { BatchLine } from "./read-lines";
import type { FakeBatch } from "./store";

/** Makes one line as a call of its own would be made, with an entry in the log. `body` is its `response` as JSON. */
export async function makeLine(
  provider: Provider,
  batch: FakeBatch,
  { customId, body }: BatchLine,
): Promise<{ ok: boolean; body: string }> {
  const call = provider.log.beginLine({ path: batch.endpoint, clientRequestId: customId });
  try {
    const route = provider.dialect.images[`POST ${batch.endpoint}`];
    if (!route) throw new Refusal(404, `Invalid URL (POST ${batch.endpoint})`);
    const sent = { kind: "json" as const, fields: withPictures(provider, body), files: [], bytes: 0 };
    noteSent(call, { ...sent, fields: body });
    const ask = await route(sent, provider.settings);
    noteAsk(call, ask, provider.settings.limits.imageUnits);
    provider.log.entered(call);
    const { fault } = provider.faults.choose(call);
    call.fault = fault?.kind ?? null;
    const refusal = fault && faultRefusal(fault);
    if (refusal) throw refusal;
    const reply = await make({ provider, call }, { ask, fault, latencyMs: 0 });
    return { ok: true, body: responseOf(call.requestId, reply) };
  } catch (error) {
    const refusal =
      error instanceof Refusal ? error : new Refusal(500, String(error), { type: "server_error" });
    call.errorCode = refusal.code;
    const reply = json(refusal.status, provider.dialect.refuse(refusal));
    call.status = refusal.status;
    return { ok: false, body: responseOf(call.requestId, reply) };
  } finally {
    call.status ??= 200;
    provider.log.end(call);
  }
}

/** A damaged body stands there as it is, so that its line is no JSON. */
function responseOf(requestId: string, { status, body }: Reply): string {
  const text = body.toString() || '""';
  return `{"status_code":${status},"request_id":${JSON.stringify(requestId)},"body":${text}}`;
}

const fileSchema = z.object({ file_id: z.string() });

/** Pictures that were uploaded stand for themselves. */
function withPictures({ store }: Provider, body: Record<string, unknown>): Record<string, unknown> {
  const pictureOf = (reference: unknown) => {
    const parsed = fileSchema.safeParse(reference);
    if (!parsed.success) return reference;
    const { bytes, purpose } = store.file(parsed.data.file_id);
    if (purpose !== "vision" && purpose !== "user_data") {
      throw new Refusal(400, "Invalid file purpose.", { code: "invalid_value", param: "images" });
    }
    return { image_url: `data:image/any;base64,${bytes.toString("base64")}` };
  };
  const { images, mask } = body;
  return {
    ...body,
    ...(Array.isArray(images) && { images: images.map(pictureOf) }),
    ...(mask !== undefined && { mask: pictureOf(mask) }),
  };
}
