import ipaddr from "ipaddr.js";

/**
 * Whether an address belongs to one machine of the public internet. Everything else is refused: this machine, its
 * network, link-local (where clouds keep their secrets), documentation, benchmarks, multicast, reserved space, and
 * every IPv6 form that carries an IPv4 address inside (a second way to write the same target).
 */
export function isPublicAddress(text: string): boolean {
  // A zone (fe80::1%eth0) names an interface of this machine.
  if (text.includes("%")) return false;
  const parsed = parse(text);
  if (!parsed) return false;
  if (parsed instanceof ipaddr.IPv4) return !REFUSED_IPV4.some((range) => parsed.match(range));
  return parsed.match(GLOBAL_UNICAST) && !REFUSED_IPV6.some((range) => parsed.match(range));
}

/** Only the four-part form: resolvers answer nothing else, and short or octal forms are read differently elsewhere. */
function parse(text: string) {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}

// IANA special-purpose registries (RFC 6890 and later additions).
const REFUSED_IPV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
].map((range) => ipaddr.IPv4.parseCIDR(range));

/** What IANA hands out as global unicast; ::, ::1, mapped IPv4, NAT64, unique-local, link-local lie outside. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

const REFUSED_IPV6 = [
  // Protocol assignments with Teredo, benchmarks, AMT, AS112, ORCHID.
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "2620:4f:8000::/48",
  "3fff::/20",
].map((range) => ipaddr.IPv6.parseCIDR(range));
