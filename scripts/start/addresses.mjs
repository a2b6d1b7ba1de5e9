/** @typedef {{ version?: string, name?: string, resolved?: string, integrity?: string, inBundle?: boolean }} Locked */
/** @typedef {{ packages: Record<string, Locked> }} Lock */

/** The scopes of a lock's packages: "@next", "@types", each once. @param {Lock} lock @returns {string[]} */
export function scopesOf(lock) {
  const scopes = fetched(lock).map(({ name }) => scopeOf(name));
  return [...new Set(scopes)].filter((scope) => scope !== "");
}

/**
 * The lock with the address of each package, as registries lay them out:
 * `<registry>/<name>/-/<name without scope>-<version>.tgz`.
 * Packages that have an address keep it. What comes from there is still held against the lock's checksum.
 * @param {Lock} lock
 * @param {Record<string, string>} registries address by scope, "" for all others
 * @returns {Lock}
 */
export function withAddresses(lock, registries) {
  const packages = { ...lock.packages };
  for (const { path, name, locked } of fetched(lock)) {
    const registry = registries[scopeOf(name)] ?? registries[""] ?? "";
    const file = `${name.slice(name.indexOf("/") + 1)}-${locked.version}.tgz`;
    packages[path] = { ...locked, resolved: `${registry.replace(/\/$/, "")}/${name}/-/${file}` };
  }
  return { ...lock, packages };
}

/** Packages of a registry whose address is not known: not those inside others, of a folder or of git. */
function fetched(/** @type {Lock} */ { packages }) {
  return Object.entries(packages)
    .filter(
      ([, { version, integrity, resolved, inBundle }]) => version && integrity && !resolved && !inBundle,
    )
    .map(([path, locked]) => ({
      path,
      locked,
      // One that stands in for another says whose name it really has.
      name: locked.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
    }));
}

function scopeOf(/** @type {string} */ name) {
  return name.startsWith("@") ? name.slice(0, name.indexOf("/")) : "";
}
