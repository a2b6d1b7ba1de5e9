import { inspect } from "node:util";
import type { Connection, Dialect } from "./types";

/**
 * A connection that keeps its key to itself: JSON, logs, inspection and a copy by spreading do not carry it. Only
 * `apiKey` asked by name answers it.
 */
export class ProviderConnection implements Connection {
  readonly key: string;
  readonly label: string;
  readonly dialect: Dialect;
  readonly baseUrl: string | null;
  readonly trusted: boolean;
  readonly models: string[];
  readonly #apiKey: string | null;

  constructor({ apiKey, ...rest }: Connection) {
    this.key = rest.key;
    this.label = rest.label;
    this.dialect = rest.dialect;
    this.baseUrl = rest.baseUrl;
    this.trusted = rest.trusted;
    this.models = rest.models;
    this.#apiKey = apiKey;
  }

  get apiKey(): string | null {
    return this.#apiKey;
  }

  toJSON() {
    return { ...this, apiKey: this.#apiKey === null ? null : "[secret]" };
  }

  [inspect.custom]() {
    return this.toJSON();
  }
}
