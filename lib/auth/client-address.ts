/**
 * The address a request is counted under: the last hop of X-Forwarded-For, which the nearest proxy wrote (Next writes
 * the socket's own when there is none). An IPv6 address counts as its /64, which one person has whole.
 */
export function clientAddress(headers: Headers): string {
  const hops = headers.get("x-forwarded-for")?.split(",") ?? [];
  const last = hops.at(-1)?.trim().toLowerCase() ?? "";
  const address = last.replace(/^::ffff:(?=\d+\.)/, "");
  return address.includes(":") ? networkOf(address) : address || "unknown";
}

function networkOf(address: string): string {
  const [head = "", tail = ""] = address.replace(/%.*$/, "").split("::");
  const front = head ? head.split(":") : [];
  const back = tail ? tail.split(":") : [];
  const groups = address.includes("::")
    ? [...front, ...Array(Math.max(0, 8 - front.length - back.length)).fill("0"), ...back]
    : front;
  return `${groups.slice(0, 4).join(":")}::/64`;
}
