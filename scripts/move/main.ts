import { runMove } from "./run-move";

runMove(process.argv.slice(2), { env: process.env, say: (line) => console.log(line) })
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
