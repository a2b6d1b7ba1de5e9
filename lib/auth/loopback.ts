/** Whether a request came from this machine to this machine: the only place where the owner link works. */
export function isLoopbackRequest(headers: Headers, boundHost: string): boolean {
  return (
    isLoopbackName(boundHost) &&
    isLoopbackName(nameOf(headers.get("host"))) &&
    hopsOf(headers).every(isLoopbackName) &&
    (headers.get("x-forwarded-host")?.split(",") ?? []).every((host) => isLoopbackName(nameOf(host)))
  );
}

/** Whether a host name or address is this machine itself. */
export function isLoopbackName(name: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\]|::ffff:127(\.\d{1,3}){3})$/i.test(name.trim());
}

function nameOf(host: string | null): string {
  return (host ?? "").trim().replace(/:\d+$/, "");
}

function hopsOf(headers: Headers): string[] {
  const forwarded = [...(headers.get("forwarded") ?? "").matchAll(/for="?([^";,\s]+)/gi)].map(
    (hop) => hop[1] ?? "",
  );
  const others = ["x-forwarded-for", "x-real-ip"].flatMap((name) => headers.get(name)?.split(",") ?? []);
  return [...forwarded, ...others].map((hop) => hop.trim());
}
