import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensurePackages } from "./start/install.mjs";
import { ensurePrograms, programPath } from "./start/programs.mjs";
import { PROJECT, readSettings } from "./start/settings.mjs";

// Reads .env like `npm start`, whose settings name both storages.
const { dataDir } = readSettings([]);
await ensurePackages({ logFile: join(dataDir, "logs", "install.log") });
await ensurePrograms();
const child = spawn(process.execPath, [programPath("move"), ...process.argv.slice(2)], {
  cwd: PROJECT,
  env: { ...process.env, DATA_DIR: dataDir },
  stdio: "inherit",
});
child.once("exit", (code) => process.exit(code ?? 1));
