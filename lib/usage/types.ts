/** Counts of ended tries and what they cost, over a day, a session, a model or a whole period. */
export type UsageNumbers = {
  /** Images a model made. */
  made: number;
  /** Images that were there already and cost nothing. */
  reused: number;
  /** Tries without an image; one that is tried again counts again. */
  failed: number;
  /** Tries the provider's safety check refused. */
  blocked: number;
  /** Paid calls whose answer never came. */
  unknown: number;
  /** Times the provider asked to slow down: neither made nor failed. */
  slowed: number;
  /** Images a person approved. */
  approved: number;
  /** Micro-dollars that were charged. */
  charged: number;
  /** Micro-dollars that may have been charged. */
  maybe: number;
  /** Failed and blocked tries that were charged, and their micro-dollars. */
  chargedFailures: number;
  failureCost: number;
  /** Mean time of the tries that made an image, ms; null without one. */
  meanMs: number | null;
};

export type DayUsage = UsageNumbers & {
  /** YYYY-MM-DD, UTC. */
  day: string;
  model: string;
};

export type SessionUsage = UsageNumbers & { sessionId: string; name: string; inTrash: boolean };

export type ModelUsage = UsageNumbers & { model: string };

export type Usage = { total: UsageNumbers; days: DayUsage[]; sessions: SessionUsage[]; models: ModelUsage[] };

/** What a person spent this calendar month (UTC), micro-dollars, and where it stops. */
export type MonthUsage = {
  /** First day, YYYY-MM-DD. */
  month: string;
  /** Charged and perhaps charged. */
  spend: number;
  /** Held for calls under way. */
  reserved: number;
  /** Their own stop; null: none. */
  own: number | null;
  /** The installation's, for those without their own; null: none. */
  installation: number | null;
  /** Sessions that stand still because of it. */
  pausedSessions: number;
};
