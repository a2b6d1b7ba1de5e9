import type { OutputSettings, ProviderSettings } from "@/lib/sessions/types";

/** Settings as sent to the model, and what it reported to have used. */
export type AttemptSettings = {
  output: OutputSettings;
  provider?: ProviderSettings;
  asked?: Record<string, string | number | boolean>;
  used?: Record<string, string | number | boolean>;
};

/** What a provider billed by, as it reported it. */
export type AttemptUsage = Record<string, number>;

/** What is known of an answer once its bytes are stored, so that a crash after it costs no second call. */
export type ReceivedAnswer = {
  /** Stored as the provider made it: the result is what is fitted to its size and format. */
  fit?: boolean;
  modelVersion: string;
  requestId: string | null;
  usage: AttemptUsage | null;
  /** Micro-dollars. */
  cost: number;
  used: Record<string, string | number | boolean>;
  notes: string[];
  /** Set once its picture is an image of its own: the stored answer may be gone by then. */
  image?: { id: string; width: number; height: number };
};
