/** @typedef {import("./sources.mjs").Source} Source */

/**
 * Circles of imports that exist while the program runs; types are gone by then.
 * @param {Source[]} sources
 * @returns {string[][]} each circle once, as the files along it
 */
export function findCycles(sources) {
  const edges = new Map(
    sources.map(({ path, imports }) => [
      path,
      // A dynamic import may close a circle on purpose: it runs later.
      imports.flatMap(({ target, isType, isDynamic }) => (target && !isType && !isDynamic ? [target] : [])),
    ]),
  );
  /** @type {Map<string, "open" | "done">} */
  const state = new Map();
  /** @type {string[]} */
  const trail = [];
  /** @type {string[][]} */
  const cycles = [];

  const visit = (/** @type {string} */ path) => {
    if (state.get(path) === "done") return;
    if (state.get(path) === "open") {
      cycles.push([...trail.slice(trail.indexOf(path)), path]);
      return;
    }
    state.set(path, "open");
    trail.push(path);
    for (const next of edges.get(path) ?? []) visit(next);
    trail.pop();
    state.set(path, "done");
  };
  for (const path of edges.keys()) visit(path);
  return cycles;
}
