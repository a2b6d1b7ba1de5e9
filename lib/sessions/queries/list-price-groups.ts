import "server-only";
import { sql } from "drizzle-orm";
import type { Queryable } from "@/db";
import type { Session } from "@/db/schema";
import type { ImageModel, PriceRange } from "@/lib/models/types";
import { DEFAULT_SETTINGS } from "../constants";

/** Items of a draft that cost the same: equal pixel sizes, prompt length and number of references. */
export type PriceGroup = {
  items: number;
  /** Null: made from text alone. */
  width: number | null;
  height: number | null;
  promptChars: number;
  references: number;
  masked: boolean;
};

/** References are priced as pictures that take all the tokens one can (PROVIDERS: above 1.5 megapixels it is the same). */
const REFERENCE_SIZE = { width: 2048, height: 2048 };

/** What a draft would make, grouped by what prices depend on. The caller has proven the right to the session. */
export async function listPriceGroups(
  tx: Queryable,
  { id, prompt }: Pick<Session, "id" | "prompt">,
): Promise<PriceGroup[]> {
  const shared = prompt.trim().length;
  const rows = await tx.execute<{
    items: number;
    width: number | null;
    height: number | null;
    chars: number;
    references: number;
    masked: boolean;
  }>(sql`
    with shared as (
      select count(*)::int as n from inputs
      where session_id = ${id} and role = 'reference' and for_input_id is null and state = 'ready'
        and removed_at is null and not excluded
    ), own as (
      select for_input_id as id, count(*)::int as n from inputs
      where session_id = ${id} and role = 'reference' and for_input_id is not null and state = 'ready'
        and removed_at is null and not excluded
      group by for_input_id
    )
    select count(*)::int as items, m.width, m.height,
      case i.prompt_mode when 'replace' then length(btrim(i.prompt))
        when 'append' then ${shared}::int + 1 + length(btrim(i.prompt)) else ${shared}::int end as chars,
      shared.n + coalesce(own.n, 0) as references,
      exists (select 1 from inputs k where k.session_id = ${id} and k.role = 'mask' and k.for_input_id = i.id
        and k.state = 'ready' and k.removed_at is null and not k.excluded) as masked
    from inputs i cross join shared left join own on own.id = i.id left join images m on m.id = i.image_id
    where i.session_id = ${id} and i.role = 'source' and i.state = 'ready' and not i.excluded
      and i.removed_at is null
    group by 2, 3, 4, 5, 6`);
  return rows.map(({ chars, ...row }) => ({ ...row, promptChars: chars }));
}

/** Price of one item of a group, micro-dollars. */
export function priceOfGroup(
  model: ImageModel,
  group: PriceGroup,
  settings: Session["settings"],
): PriceRange {
  const { provider, lane } = { ...DEFAULT_SETTINGS, ...settings };
  const { width, height, promptChars, references, masked } = group;
  const source = width !== null && height !== null ? [{ width, height }] : [];
  const room = Math.max(0, model.capabilities.maxInputs - source.length);
  const taken = Array.from({ length: Math.min(references, room) }, () => REFERENCE_SIZE);
  return model.price({ provider, promptChars, inputs: [...source, ...taken], masked, lane });
}
