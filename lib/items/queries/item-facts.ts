import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import { db } from "@/db";
import { attempts, images, inputs, items, type Session, type Step, sessions, steps } from "@/db/schema";
import type { StoredSource } from "@/lib/inputs/types";
import { effectivePrompt } from "@/lib/prompts/merge";
import { ORIGINAL } from "@/lib/steps/constants";
import { baseOf } from "@/lib/steps/queries/list-chain";
import { fingerprintOf, outputOf, withBase } from "@/lib/steps/step-settings";

export type ItemFacts = NonNullable<Awaited<ReturnType<typeof itemFacts>>>;

const STORED = {
  key: images.storageKey,
  sha256: images.sha256,
  format: images.format,
  width: images.width,
  height: images.height,
  alpha: images.alpha,
};

/**
 * Attempts whose pictures go into the step, in the order of its wiring; null where there is none yet. As JSON: what the
 * driver reads of an array has no nulls.
 */
const FED_BY = sql<(string | null)[]>`to_jsonb(array(
  select e.current_attempt_id from unnest(${steps.fedBy}) with ordinality f(place, n)
  left join steps es on es.session_id = ${steps.sessionId} and es.position = f.place
  left join items e on e.step_id = es.id and e.session_id = ${items.sessionId} and e.input_id = ${items.inputId}
    and e.variant = ${items.variant}
  where f.place > 0 order by f.n))`;

const FEEDS_OTHERS = sql<boolean>`exists (select 1 from steps later where later.session_id = ${steps.sessionId}
  and later.enabled and later.position is not null and ${steps.position} = any(later.fed_by))`;

/**
 * An item with all that decides what it is made with: prompt, settings, and the pictures its step works on. With
 * `asBegun`, the pictures of these attempts whatever the chain says by now. Null when it or what feeds it is gone.
 */
export async function itemFacts(itemId: string, asBegun?: { fedBy: string[]; received: unknown }) {
  const [row] = await db()
    .select({
      item: items,
      session: sessions,
      step: steps,
      mode: inputs.promptMode,
      own: inputs.prompt,
      imageId: inputs.imageId,
      original: STORED,
      fedBy: FED_BY,
      feedsOthers: FEEDS_OTHERS,
    })
    .from(items)
    .innerJoin(sessions, eq(sessions.id, items.sessionId))
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .innerJoin(steps, eq(steps.id, items.stepId))
    .leftJoin(images, eq(images.id, inputs.imageId))
    .where(eq(items.id, itemId));
  if (!row) return null;
  const { item, session, step } = row;
  const fedBy = asBegun?.fedBy ?? row.fedBy.filter((id) => id !== null);
  const pictures = await picturesFor(step, fedBy, row.original);
  // An answer that is stored needs no pictures any more.
  if (!pictures && !asBegun?.received) return null;
  const asked = withBase(baseOf(session), step);
  return {
    item,
    sessionState: session.state,
    source: pictures?.source ?? null,
    earlier: pictures?.earlier ?? [],
    // A step without a picture to work on makes one from its prompt alone.
    hasSource: step.fedBy[0] !== ORIGINAL || row.imageId !== null,
    fedBy,
    fingerprint: fingerprintOf(baseOf(session), step),
    settings: { ...asked.settings, output: outputOf(asked, step, row.feedsOthers) },
    prompt: item.promptOverride ?? promptFor(session, step, row),
  };
}

/** What an image's own prompt says is said to the first step. */
function promptFor(
  session: Session,
  step: Step,
  { mode, own }: { mode: "inherit" | "append" | "replace"; own: string },
): string {
  const { prompt } = withBase(baseOf(session), step);
  return step.position === 1 ? effectivePrompt({ session: prompt, mode, own }) : prompt;
}

type Pictures = { source: StoredSource | null; earlier: StoredSource[] };

/** The source and what is looked at beside it; null when an earlier step has no picture to give. */
async function picturesFor(
  { fedBy: places }: Step,
  fedBy: string[],
  original: StoredSource | null,
): Promise<Pictures | null> {
  const made = fedBy.length > 0 ? await picturesOf(fedBy) : [];
  const queue = [...made];
  if (queue.length !== places.filter((place) => place !== ORIGINAL).length) return null;
  const pictures = places.map((place) => (place === ORIGINAL ? original : (queue.shift() ?? null)));
  const [source = null, ...others] = pictures;
  return { source, earlier: others.filter((picture) => picture !== null) };
}

async function picturesOf(attemptIds: string[]): Promise<StoredSource[]> {
  const rows = await db()
    .select({ id: attempts.id, ...STORED })
    .from(attempts)
    .innerJoin(images, eq(images.id, attempts.imageId))
    .where(inArray(attempts.id, attemptIds));
  return attemptIds.flatMap((wanted) => rows.filter(({ id }) => id === wanted));
}
