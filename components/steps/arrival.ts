/** Which step was looked at when New made a session of it: its page goes on there. */
let kept: { sessionId: string; stepId: string } | null = null;

export function arriveAt(sessionId: string, stepId: string) {
  kept = { sessionId, stepId };
}

/** The step to go on at, once; null when the page was come to in another way. */
export function arrivedAt(sessionId: string): string | null {
  if (kept?.sessionId !== sessionId) return null;
  const { stepId } = kept;
  return stepId;
}

export function forgetArrival() {
  kept = null;
}
