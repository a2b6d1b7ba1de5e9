import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// The oldest versions without a known way in; raise them when an advisory asks for it.
const FLOORS = {
  next: "16.4.5",
  sharp: "0.35.5",
  "next-auth": "4.24.15",
  react: "19.3.1",
  "react-dom": "19.3.1",
};

/**
 * @typedef {{ version?: string, resolved?: string, optionalDependencies?: Record<string, string> }} Locked
 * What is wrong with a lockfile: builds for other systems that are missing (npm ci would fail there),
 * addresses of a registry, versions below the floor.
 * @param {Record<string, Locked>} packages
 * @returns {string[]}
 */
export function lockProblems(packages) {
  const paths = Object.keys(packages);
  return Object.entries(packages).flatMap(([path, { version = "", resolved, optionalDependencies = {} }]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    const floor = Object.entries(FLOORS).find(([floored]) => floored === name)?.[1];
    const missing = Object.keys(optionalDependencies).filter(
      (wanted) => !paths.some((other) => other.endsWith(`node_modules/${wanted}`)),
    );
    return [
      ...missing.map(
        (wanted) => `${path}: ${wanted} is missing, so npm ci fails on the systems that need it`,
      ),
      ...(resolved ? [`${path}: names where it was downloaded from`] : []),
      ...(floor && isBelow(version, floor)
        ? [`${path}: ${version} is below ${floor}, which closed a known hole`]
        : []),
    ];
  });
}

function isBelow(/** @type {string} */ version, /** @type {string} */ floor) {
  const [have, need] = [version, floor].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  const at = (need ?? []).findIndex((part, index) => part !== have?.[index]);
  return at >= 0 && !((have?.[at] ?? 0) > (need?.[at] ?? 0));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
  const problems = lockProblems(lock.packages);
  for (const problem of problems) console.error(problem);
  process.exit(problems.length > 0 ? 1 : 0);
}
