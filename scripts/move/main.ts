import { runMove } from "./run-move";

try {
  process.exitCode = await runMove(process.argv.slice(2), {
    env: process.env,
    say: (line) => console.log(line),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
