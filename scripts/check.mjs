import { runChecks } from "./checks.mjs";

const results = await runChecks();
const failed = results.filter(({ ok }) => !ok).length;
const seconds = Math.max(...results.map((result) => result.seconds));
console.log(`\n${results.length - failed} of ${results.length} checks passed in ${seconds} s`);
process.exit(failed > 0 ? 1 : 0);
