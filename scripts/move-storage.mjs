import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensurePackages } from "./start/install.mjs";
import { PROJECT, readSettings } from "./start/settings.mjs";

// Reads .env like `npm start`, whose settings name both storages.
const { dataDir } = readSettings([]);
await ensurePackages({ logFile: join(dataDir, "logs", "install.log") });
const child = spawn(
  process.execPath,
  ["--import", "tsx", "-C", "react-server", "scripts/move/main.ts", ...process.argv.slice(2)],
  { cwd: PROJECT, env: { ...process.env, DATA_DIR: dataDir }, stdio: "inherit" },
);
child.once("exit", (code) => process.exit(code ?? 1));
