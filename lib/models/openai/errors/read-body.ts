/** What the many shapes of error bodies have in common. Empty strings: not said. */
export type ErrorBody = {
  message: string;
  code: string;
  type: string;
  param: string;
  stage: string;
  categories: string[];
  /** The body is an error a program wrote, not a page of something in between. */
  isStructured: boolean;
};

/**
 * Reads the body of a refusal: `{"error": {…}}`, `{"error": "text"}`, `{"detail": …}`, `{"message": …}`, HTML of a proxy,
 * plain text, or nothing. Codes may be numbers. Pure, never throws.
 */
export function readErrorBody(text: string): ErrorBody {
  const body = objectOf(parse(text));
  if (!body) return { ...NOTHING, message: plainText(text) };
  const error = body.error;
  const nested = objectOf(error);
  const fields = nested ?? body;
  const moderation = objectOf(fields.moderation_details) ?? objectOf(body.moderation_details);
  return {
    message: firstText(
      typeof error === "string" ? withMore(error, body.message) : "",
      fields.message,
      body.detail,
    ),
    code: firstText(fields.code),
    type: firstText(fields.type),
    param: firstText(fields.param),
    stage: firstText(moderation?.moderation_stage),
    categories: Array.isArray(moderation?.categories) ? moderation.categories.map(String) : [],
    isStructured: error !== undefined || body.detail !== undefined || body.message !== undefined,
  };
}

const NOTHING: ErrorBody = {
  message: "",
  code: "",
  type: "",
  param: "",
  stage: "",
  categories: [],
  isStructured: false,
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/** A name such as "server_error" with its sentence beside it. */
function withMore(error: string, message: unknown): string {
  return typeof message === "string" && message !== "" ? `${error}: ${message}` : error;
}

function firstText(...values: unknown[]): string {
  for (const value of values) {
    const text = textOf(value);
    if (text) return text;
  }
  return "";
}

/** Also of the list of problems a validator writes: [{"loc": ["body", "size"], "msg": "…"}]. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join("; ");
  const fields = objectOf(value);
  if (!fields) return "";
  const where = Array.isArray(fields.loc) ? `${fields.loc.join(".")}: ` : "";
  return `${where}${firstText(fields.msg, fields.message, fields.error)}`.trim();
}

/** Without tags and what browsers do not show. */
function plainText(text: string): string {
  return text
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, keepTitle)
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function keepTitle(part: string): string {
  return /<title[^>]*>([^<]*)/i.exec(part)?.[1] ?? " ";
}
