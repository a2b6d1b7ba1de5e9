/** Who waits in a line, and in whose name. */
export type Waiting = { ownerId: string; sessionId: string };

/**
 * The order in which a line leaves: owners in turn, within an owner the sessions in turn, within a session as they
 * came. A short session that comes to a long one's line has every second place at once. Stable, O(n log n).
 */
export function fairOrder<T extends Waiting>(line: readonly T[]): T[] {
  const inSession = new Map<string, number>();
  const placed = line.map((one, arrival) => ({
    one,
    arrival,
    sessionTurn: next(inSession, one.sessionId),
    ownerTurn: 0,
  }));
  placed.sort((a, b) => a.sessionTurn - b.sessionTurn || a.arrival - b.arrival);
  const ofOwner = new Map<string, number>();
  for (const place of placed) place.ownerTurn = next(ofOwner, place.one.ownerId);
  placed.sort((a, b) => a.ownerTurn - b.ownerTurn || a.arrival - b.arrival);
  return placed.map(({ one }) => one);
}

function next(counts: Map<string, number>, key: string): number {
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return count;
}
