import type { ConnectionRow } from "@/db/schema/connections";
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
