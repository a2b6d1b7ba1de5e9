import { createHmac } from "node:crypto";

/** The signature header of a call: HMAC over the body in canonical form and the second it was signed. */
export function signed(body: unknown, key: string, at = Date.now()): string {
  const second = String(Math.round(at / 1000));
  const secret = key.replace(/^signkey-\w+-/, "");
  const hmac = createHmac("sha256", secret).update(canonical(body)).update(second);
  return `t=${second}&s=${hmac.digest("hex")}`;
}

/** JSON with sorted keys (RFC 8785, as far as our bodies go). */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`);
  return `{${fields.join(",")}}`;
}
