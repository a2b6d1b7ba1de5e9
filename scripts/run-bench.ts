import { writeFileSync } from "node:fs";
import { closeDb } from "../db";

// One bench in a process of its own; the answer goes to a file because a bench may print.
const [name] = process.argv.slice(2);
const answer = process.env.BENCH_ANSWER;
if (!name || !answer) throw new Error("Run it with: npm run bench -- <name>");
const bench: { run(): Promise<unknown> } = await import(`../bench/${name}.ts`);
writeFileSync(answer, JSON.stringify(await bench.run()));
await closeDb();
process.exit(0);
