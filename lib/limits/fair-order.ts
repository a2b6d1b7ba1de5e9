/** Who waits in a line, and in whose name. */
export type Waiting = { ownerId: string; sessionId: string };

/**
 * The order in which a line leaves, after those that `left` of late: the owner of whom the fewest left goes first, within
 * an owner the session of which the fewest left, within a session who came first. So a session that comes to a long
 * one's line is level with it at once, and has every second place from then on. Stable, O(n log n).
 */
export function fairOrder<T extends Waiting>(line: readonly T[], left: readonly Waiting[] = []): T[] {
  const inSession = new Map<string, number>();
  const ofOwner = new Map<string, number>();
  for (const { ownerId, sessionId } of left) {
    next(inSession, sessionId);
    next(ofOwner, ownerId);
  }
  const placed = line.map((one, arrival) => ({
    one,
    arrival,
    sessionTurn: next(inSession, one.sessionId),
    ownerTurn: 0,
  }));
  placed.sort((a, b) => a.sessionTurn - b.sessionTurn || a.arrival - b.arrival);
  for (const place of placed) place.ownerTurn = next(ofOwner, place.one.ownerId);
  placed.sort((a, b) => a.ownerTurn - b.ownerTurn || a.arrival - b.arrival);
  return placed.map(({ one }) => one);
}

function next(counts: Map<string, number>, key: string): number {
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return count;
}
