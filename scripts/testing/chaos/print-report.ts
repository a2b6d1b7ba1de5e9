import type { ChaosReport } from "./run-chaos";

/** The figures as a table, and every problem; the seed is the first line. */
export function reportLines({ figures, problems }: ChaosReport): string {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  return [
    ...Object.entries(figures).map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    `${"problems".padEnd(width)}  ${problems.length}`,
    ...problems.map(({ check, detail }) => `  ${check}: ${detail}`),
  ].join("\n");
}
