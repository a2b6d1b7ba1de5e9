import "server-only";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { images, inputs, items, sessions, steps } from "@/db/schema";
import { effectivePrompt } from "@/lib/prompts/merge";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";

export type ItemFacts = NonNullable<Awaited<ReturnType<typeof itemFacts>>>;

/** An item with all that decides what it is made with: prompt, settings, and the picture its step works on. */
export async function itemFacts(itemId: string) {
  const [row] = await db()
    .select({
      item: items,
      snapshot: sessions.snapshot,
      sessionState: sessions.state,
      mode: inputs.promptMode,
      own: inputs.prompt,
      stepPrompt: steps.prompt,
      stepSettings: steps.settings,
      /** A step without a picture to work on makes one from its prompt alone. */
      hasSource: sql<boolean>`${inputs.imageId} is not null or ${steps.sourceStep} is not null`,
      source: {
        key: images.storageKey,
        sha256: images.sha256,
        format: images.format,
        width: images.width,
        height: images.height,
        alpha: images.alpha,
      },
    })
    .from(items)
    .innerJoin(sessions, eq(sessions.id, items.sessionId))
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .innerJoin(steps, eq(steps.id, items.stepId))
    .leftJoin(
      images,
      sql`${images.id} = case when ${steps.sourceStep} is null then ${inputs.imageId} else (
        select a.image_id from items earlier
        join steps es on es.id = earlier.step_id and es.position = ${steps.sourceStep}
        join attempts a on a.id = earlier.current_attempt_id
        where earlier.session_id = ${items.sessionId} and earlier.input_id = ${items.inputId}
          and earlier.variant = ${items.variant}) end`,
    )
    .where(eq(items.id, itemId));
  if (!row) return null;
  const { snapshot, stepSettings, stepPrompt, mode, own, ...facts } = row;
  return {
    ...facts,
    settings: { ...DEFAULT_SETTINGS, ...snapshot?.settings, ...stepSettings },
    prompt:
      facts.item.promptOverride ??
      effectivePrompt({ session: stepPrompt ?? snapshot?.prompt ?? "", mode, own }),
  };
}
