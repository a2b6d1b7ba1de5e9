import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { PromptMode, Session } from "@/db/schema";
import type { Capabilities } from "@/lib/models/types";
import { effectivePrompt } from "@/lib/prompts/merge";
import { ORIGINAL } from "@/lib/steps/constants";
import { baseOf, listChain } from "@/lib/steps/queries/list-chain";
import { withBase } from "@/lib/steps/step-settings";
import type { SessionSettings } from "../types";

export type UnitImage = { sha256: string; width: number; height: number };

/** One call a run would make, as far as it is known before Start. */
export type Unit = {
  prompt: string;
  source: UnitImage | null;
  references: UnitImage[];
  mask: UnitImage | null;
};

/** What a step of a draft would do to every image. `fromEarlier`: it works on the output of another step. */
export type StepUnits = { settings: SessionSettings; fromEarlier: boolean; units: Unit[] };

/** What an earlier step's picture counts for until it is there. */
const EARLIER: UnitImage = { sha256: "", width: 1536, height: 1024 };

type InputFacts = {
  id: string;
  mode: PromptMode;
  own: string;
  sha256: string | null;
  width: number;
  height: number;
};

/** The calls a draft would make, by step. A later step's source is taken to be as large as the original. */
export async function listUnits(session: Session): Promise<StepUnits[]> {
  const [steps, inputs, attachedTo] = await Promise.all([
    listChain(session.id),
    listReadyInputs(session.id),
    listAttachedTo(session.id),
  ]);
  return steps
    .filter(({ enabled }) => enabled)
    .map((step) => {
      const { prompt, settings } = withBase(baseOf(session), step);
      const [source = ORIGINAL, ...others] = step.fedBy;
      const earlier = others.map(() => EARLIER);
      return {
        settings,
        fromEarlier: source !== ORIGINAL,
        units: inputs.map(({ id, mode, own, sha256, width, height }) => {
          const { references, mask } = attachedTo(id);
          const original = sha256 === null ? null : { sha256, width, height };
          return {
            // What an image's own prompt says is said to the first step.
            prompt: step.position === 1 ? effectivePrompt({ session: prompt, mode, own }) : prompt,
            source: source === ORIGINAL ? original : (original ?? EARLIER),
            references: [...earlier, ...references],
            mask: source === ORIGINAL ? mask : null,
          };
        }),
      };
    });
}

/** What of a unit's pictures the model is given; the same rule as for an attempt. */
export function takenBy({ maxInputs, mask: takesMask }: Capabilities, unit: Unit): Unit {
  const { source, references, mask } = unit;
  return {
    ...unit,
    references: references.slice(0, Math.max(0, maxInputs - (source ? 1 : 0))),
    mask: takesMask && source ? mask : null,
  };
}

async function listReadyInputs(sessionId: string): Promise<InputFacts[]> {
  return db().execute<InputFacts>(sql`
    select i.id, i.prompt_mode as mode, case when i.prompt_mode = 'inherit' then '' else i.prompt end as own,
      m.sha256, coalesce(m.width, 0) as width, coalesce(m.height, 0) as height
    from inputs i left join images m on m.id = i.image_id
    where i.session_id = ${sessionId} and i.role = 'source' and i.state = 'ready' and not i.excluded
      and i.removed_at is null
    order by i.position`);
}

/** What goes along with each input, in the order of `listAttached`: its own first, then the session's. */
async function listAttachedTo(sessionId: string) {
  const rows = await db().execute<
    UnitImage & { role: "reference" | "mask"; for_input_id: string | null }
  >(sql`
    select a.role, a.for_input_id, m.sha256, m.width, m.height
    from inputs a join images m on m.id = a.image_id
    where a.session_id = ${sessionId} and a.role <> 'source' and a.state = 'ready' and not a.excluded
      and a.removed_at is null
    order by a.position desc`);
  const own = new Map<string | null, { references: UnitImage[]; mask: UnitImage | null }>();
  for (const { role, for_input_id, ...image } of rows) {
    const there = own.get(for_input_id) ?? { references: [], mask: null };
    if (role === "mask") there.mask = image;
    else there.references.push(image);
    own.set(for_input_id, there);
  }
  const shared = own.get(null)?.references ?? [];
  return (inputId: string) => {
    const { references = [], mask = null } = own.get(inputId) ?? {};
    return { references: [...references, ...shared], mask };
  };
}
