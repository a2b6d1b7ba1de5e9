import { refusalIn } from "@/lib/net/address-refused";
import { DIALECT_FACTS } from "./constants";
import type { Connection } from "./types";

export type ProbeFailure = {
  reason:
    | "key"
    | "access"
    | "path"
    | "busy"
    | "server"
    | "kind"
    | "refused"
    | "name"
    | "closed"
    | "silent"
    | "tls"
    | "broken";
  /** What happened and what to do. */
  words: string;
};

/** Words for an answer that is not a list of models. */
export function answerWords({
  status,
  base,
  connection,
}: {
  status: number;
  base: string;
  connection: Pick<Connection, "apiKey" | "dialect">;
}): ProbeFailure {
  const { host, pathname, origin } = new URL(base);
  if (status === 401) {
    if (!connection.apiKey)
      return { reason: "key", words: `${host} asks for a key, and none is stored. Put one in.` };
    return {
      reason: "key",
      words: `${host} refuses this key. Look whether it is whole and still counts there, then put it in again.`,
    };
  }
  if (status === 403) {
    return {
      reason: "access",
      words: `${host} knows this key and does not let it in (403). Look there what the key may do; OpenAI asks some organisations to verify themselves first.`,
    };
  }
  if (status === 404 || status === 405) {
    const hint = pathname === "/" ? ` Most servers answer below /v1: try ${origin}/v1.` : " Check the path.";
    return { reason: "path", words: `${host} answers, and has no list of models below this address.${hint}` };
  }
  if (status === 429) {
    return {
      reason: "busy",
      words: `${host} asks to slow down or has no credit left (429). Look there, or test again in a minute.`,
    };
  }
  if (status >= 500) {
    return {
      reason: "server",
      words: `${host} answers with a fault of its own (${status}). Test again once it is ready.`,
    };
  }
  const kind = DIALECT_FACTS[connection.dialect].label;
  return {
    reason: "kind",
    words: `${host} answers, but not as ${kind} does (${status}). Check the address and the kind of server.`,
  };
}

/** Words for a request that got no answer. Only the host is named, never what a name leads to. */
export function troubleWords({ error, base }: { error: unknown; base: string }): ProbeFailure {
  const refusal = refusalIn(error);
  if (refusal) return { reason: "refused", words: refusal.message };
  const { host, hostname } = new URL(base);
  const code = codeIn(error);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return { reason: "name", words: `No server has the name ${hostname}. Check how it is written.` };
  }
  if (code === "ECONNREFUSED") {
    return {
      reason: "closed",
      words: `Nothing answers at ${host}. Check that the server runs, and its port.`,
    };
  }
  if (code && TLS_CODES.test(code)) {
    return {
      reason: "tls",
      words: `The certificate of ${host} is not trusted (${code}). Check the address or the certificate.`,
    };
  }
  if (isSilence(error, code)) {
    return {
      reason: "silent",
      words: `${host} did not answer in time. Check that the server runs and lets this one in.`,
    };
  }
  return {
    reason: "broken",
    words: `The connection to ${host} broke${code ? ` (${code})` : ""}. Check the address, and whether it is http:// or https://.`,
  };
}

const TLS_CODES = /CERT|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|ALTNAME/;

function isSilence(error: unknown, code: string | null): boolean {
  const isTimeout = error instanceof Error && error.name === "TimeoutError";
  return isTimeout || (code !== null && /TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/.test(code));
}

/** The system's code of an error, or of what caused it. */
function codeIn(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeIn(error.errors[0]);
  return error.cause === undefined ? null : codeIn(error.cause);
}
