import type { Dialect } from "./types";

/** Key of the installation's own connection, set in the environment. */
export const ENV_CONNECTION = "env";
/** Key of the built-in model's limiter; it needs no connection. */
export const STUDIO_CONNECTION = "studio";

/** Connections one person may have at a time. */
export const MAX_CONNECTIONS = 20;

type DialectFacts = {
  label: string;
  /** For whom this is, in the list of kinds. */
  detail: string;
  /** Calls cost money, and the provider counts them by the minute. */
  paid: boolean;
  /** The provider's own address, used when none is given; null: an address is needed. */
  ownAddress: string | null;
  /** An address as it mostly looks. */
  example: string;
};

export const DIALECT_NAMES = [
  "openai",
  "sd-server",
  "localai",
  "vllm-omni",
  "sglang",
] as const satisfies Dialect[];

/** One record for each way to speak with a server. */
export const DIALECT_FACTS: Record<Dialect, DialectFacts> = {
  openai: {
    label: "OpenAI",
    detail: "and servers that speak just like it",
    paid: true,
    ownAddress: "https://api.openai.com/v1",
    example: "https://api.openai.com/v1",
  },
  "sd-server": {
    label: "stable-diffusion.cpp",
    detail: "sd-server",
    paid: false,
    ownAddress: null,
    example: "http://192.168.1.20:1234/v1",
  },
  localai: {
    label: "LocalAI",
    detail: "",
    paid: false,
    ownAddress: null,
    example: "http://192.168.1.20:8080/v1",
  },
  "vllm-omni": {
    label: "vLLM-Omni",
    detail: "",
    paid: false,
    ownAddress: null,
    example: "http://192.168.1.20:8000/v1",
  },
  sglang: {
    label: "SGLang",
    detail: "diffusion",
    paid: false,
    ownAddress: null,
    example: "http://192.168.1.20:30000/v1",
  },
};
