/** An answer that is not a picture. Each dialect writes it in its own shape. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    readonly status: number,
    message: string,
    {
      type = "invalid_request_error",
      code = null,
      param = null,
      extra = {},
      headers = {},
    }: {
      type?: string;
      code?: string | null;
      param?: string | null;
      /** Further fields of the error object. */
      extra?: Record<string, unknown>;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(message);
    this.type = type;
    this.code = code;
    this.param = param;
    this.extra = extra;
    this.headers = headers;
  }
}

/** The error object most servers have copied. */
export function errorEnvelope({ message, type, param, code, extra }: Refusal) {
  return { error: { message, type, param, code, ...extra } };
}
