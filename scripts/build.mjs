import { join } from "node:path";
import { ensureBuild } from "./start/build.mjs";
import { ensurePackages } from "./start/install.mjs";
import { PROJECT } from "./start/settings.mjs";
import { wordsFor } from "./start/trouble.mjs";

const logs = join(PROJECT, ".data", "logs");
try {
  await ensurePackages({ logFile: join(logs, "install.log") });
  await ensureBuild({ logFile: join(logs, "build.log"), force: true });
} catch (error) {
  console.error(wordsFor(error));
  process.exit(1);
}
