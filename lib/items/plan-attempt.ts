import "server-only";
import { connectionOf, laneOfQueue } from "@/lib/batches/economy-queue";
import { listAttached } from "@/lib/inputs/queries/list-attached";
import { resolveModel } from "@/lib/models/resolve";
import type { ImageModel } from "@/lib/models/types";
import { cacheKeyOf } from "./cache-key";
import type { ItemFacts } from "./queries/item-facts";

type Attached = Awaited<ReturnType<typeof listAttached>>;

/** What an item is made with, before anything is written or paid. */
export type AttemptPlan = {
  /** Null: the model or its connection is gone. */
  model: ImageModel | null;
  attached: Attached;
  /** Worst price, micro-dollars. */
  worst: number;
  cacheKey: string | null;
};

const NOTHING: Attached = { references: [], mask: null };

export async function planAttempt(facts: ItemFacts): Promise<AttemptPlan> {
  const { item, settings, prompt, source } = facts;
  const { connection, model: modelId, provider, output } = settings;
  const model = await resolveModel({ connection, model: modelId, ownerId: item.ownerId });
  if (!model) return { model, attached: NOTHING, worst: 0, cacheKey: null };
  const attached = await attachedFor(model, facts);
  if (!model.capabilities.paid) return { model, attached, worst: 0, cacheKey: null };
  const inputs = [...(source ? [source] : []), ...attached.references];
  return {
    model,
    attached,
    worst: model.price({
      provider,
      promptChars: prompt.length,
      inputs,
      masked: attached.mask !== null,
      lane: laneOfQueue(item.connection),
    }).max,
    cacheKey: cacheKeyOf({
      connection: connectionOf(item.connection),
      model: modelId,
      prompt,
      source: source?.sha256 ?? null,
      references: attached.references.map(({ sha256 }) => sha256),
      mask: attached.mask?.sha256 ?? null,
      provider,
      output,
      variant: item.variant,
    }),
  };
}

/** Pictures of earlier steps come before the session's references. References beyond what the model takes are left out; a mask only where it means something. */
async function attachedFor(
  { isolated, capabilities: { maxInputs, mask: takesMask } }: ImageModel,
  { item, source, earlier, fedBy }: ItemFacts,
): Promise<Attached> {
  if (isolated || (maxInputs < 2 && !takesMask)) return NOTHING;
  const { references, mask } = await listAttached({ inputId: item.inputId, sessionId: item.sessionId });
  return {
    references: [...earlier, ...references].slice(0, Math.max(0, maxInputs - (source ? 1 : 0))),
    // A mask is drawn on the original: it means nothing on what an earlier step made.
    mask: takesMask && source && fedBy.length === 0 ? mask : null,
  };
}
