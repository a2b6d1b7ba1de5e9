import type { ConnectionRow } from "@/db/schema/connections";
import type { SlotState } from "@/lib/limits/types";
import type { Capabilities } from "@/lib/models/types";

export type Dialect = ConnectionRow["dialect"];

/** All that is needed to call a provider. Holds a secret: stays on the server, is never logged. */
export type Connection = {
  /** `env` for the installation's own, else the row's id. The limiter's key. */
  key: string;
  label: string;
  dialect: Dialect;
  /** Null: the provider's own address. */
  baseUrl: string | null;
  apiKey: string | null;
  /** Set in the environment by the operator, who may name any address; others pass the guard. */
  trusted: boolean;
  /** Model ids the server named. */
  models: string[];
};

/** A model a session may choose, as pages show it. */
export type ModelChoice = {
  connection: string;
  connectionLabel: string;
  model: string;
  label: string;
  capabilities: Capabilities;
  /** Shown beside it: "ends on 1 December 2026". */
  warning: string | null;
};

/** What a connection may do now, and how much of it is used. */
export type LimitsView = SlotState & {
  requestsPerMinute: number | null;
  /** The most at the same time; `inFlight` adapts below it. */
  maxInFlight: number;
};

/** A connection as its page shows it. Holds no secret, and goes to the browser whole. */
export type ConnectionView = {
  key: string;
  label: string;
  dialect: Dialect;
  origin: "environment" | "person";
  /** Null: the provider's own address, or not for these eyes. */
  address: string | null;
  hasKey: boolean;
  last4: string | null;
  /** The sealed key does not open any more: the installation's key changed. */
  keyLost: boolean;
  models: string[];
  /** When its server last answered well, ms since 1970. */
  testedAt: number | null;
  /** Whether this person may change name, address and key, or take it away. */
  mayEdit: boolean;
  mayEditLimits: boolean;
  /** Limits named in the environment, which win over the page. */
  fixedLimits: { imagesPerMinute: boolean; requestsPerMinute: boolean; maxInFlight: boolean };
  limits: LimitsView;
  /** This person's running sessions on it, and their images that wait. */
  uses: { sessions: number; images: number };
};
