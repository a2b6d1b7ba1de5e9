import "server-only";
import { and, eq, isNull, min, ne, notInArray, or, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Input, inputs } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { MAX_INPUTS, MAX_REFERENCES } from "../constants";

/** The nth new row gets `from + step * n`. */
export type Places = { from: number; step: 1 | -1 };

type Asked = {
  sessionId: string;
  role: Input["role"];
  forInputId: string | null;
  /** Of the rows to come; those that are here already are not counted twice. */
  clientIds: string[];
};

/**
 * Where new rows of a draft go, when there is room for them. Sources count up from 1; references and masks count
 * down from -1, so that they never take or move a tile's place. The caller holds the session's lock. Throws AppError
 * bad_input.
 */
export async function findPlaces(tx: Transaction, asked: Asked): Promise<Places> {
  if (asked.role === "source") return findEndOfList(tx, asked.sessionId, asked.clientIds.length);
  if (asked.forInputId) await requireSource(tx, { ...asked, forInputId: asked.forInputId });
  if (asked.role === "reference") await requireRoom(tx, asked);
  return findBeside(tx, asked.sessionId);
}

/** The end of the Bulk Input List, when `count` more fit into it. */
export async function findEndOfList(tx: Transaction, sessionId: string, count: number): Promise<Places> {
  const [facts] = await tx
    .select({
      last: sql<number>`coalesce(max(${inputs.position}), 0)::int`,
      here: sql<number>`count(*) filter (where ${inputs.removedAt} is null)::int`,
    })
    .from(inputs)
    .where(and(eq(inputs.sessionId, sessionId), eq(inputs.role, "source")));
  const { last, here } = facts ?? { last: 0, here: 0 };
  if (here + count > MAX_INPUTS) throw listFull(here);
  return { from: last, step: 1 };
}

/** Places of rows that are no tiles. */
export async function findBeside(tx: Transaction, sessionId: string): Promise<Places> {
  const [lowest] = await tx
    .select({ position: min(inputs.position) })
    .from(inputs)
    .where(eq(inputs.sessionId, sessionId));
  return { from: Math.min(lowest?.position ?? 0, 0), step: -1 };
}

async function requireSource(
  tx: Transaction,
  { sessionId, role, forInputId }: Asked & { forInputId: string },
): Promise<void> {
  const [source] = await tx
    .select({ state: inputs.state, imageId: inputs.imageId })
    .from(inputs)
    .where(
      and(
        eq(inputs.id, forInputId),
        eq(inputs.sessionId, sessionId),
        eq(inputs.role, "source"),
        isNull(inputs.removedAt),
      ),
    );
  if (!source) {
    throw new AppError(
      "bad_input",
      "The image this belongs to is not in the list any more. Nothing was added.",
    );
  }
  if (role === "mask" && !source.imageId) {
    throw new AppError(
      "bad_input",
      "This one has no picture yet that a mask could cover. Nothing was added.",
    );
  }
}

async function requireRoom(tx: Transaction, { sessionId, forInputId, clientIds }: Asked): Promise<void> {
  const here = await tx.$count(
    inputs,
    and(
      eq(inputs.sessionId, sessionId),
      eq(inputs.role, "reference"),
      forInputId ? eq(inputs.forInputId, forInputId) : isNull(inputs.forInputId),
      isNull(inputs.removedAt),
      ne(inputs.state, "refused"),
      or(isNull(inputs.clientId), notInArray(inputs.clientId, clientIds)),
    ),
  );
  if (here + clientIds.length <= MAX_REFERENCES) return;
  const free = MAX_REFERENCES - here;
  throw new AppError(
    "bad_input",
    `A call takes ${MAX_REFERENCES} references at most; ${here} are here, so ${free} more fit. Nothing was added. Choose ${free === 0 ? "which to remove first" : "fewer"}.`,
  );
}

function listFull(count: number) {
  return new AppError(
    "bad_input",
    `One session holds ${MAX_INPUTS.toLocaleString("en")} images; ${count.toLocaleString("en")} are in this one. They are kept. Put the rest into another session.`,
  );
}
