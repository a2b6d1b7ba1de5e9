import { fileURLToPath } from "node:url";
import { findCycles } from "./structure/cycles.mjs";
import { RULES } from "./structure/rules.mjs";
import { readSources } from "./structure/sources.mjs";

/** What breaks the rules of the house in a project, one line each. @param {string} root @returns {string[]} */
export function structureProblems(root) {
  const sources = readSources(root);
  const broken = sources.flatMap((source) =>
    RULES.flatMap((rule) => rule(source))
      .filter(Boolean)
      .map((words) => `${source.path}: ${words}`),
  );
  return [...broken, ...findCycles(sources).map((cycle) => `a circle of imports: ${cycle.join(" -> ")}`)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = structureProblems(fileURLToPath(new URL("../", import.meta.url)));
  for (const problem of problems) console.error(problem);
  process.exit(problems.length > 0 ? 1 : 0);
}
