import type { Problem } from "../types";
import type { SessionWatch } from "../watch-session";
import { checkCalls, checkCharges, checkLosses, checkRepeats } from "./check-calls";
import { checkFiles, checkResults } from "./check-files";
import { checkItems, checkJobs, checkMoney, checkWatch } from "./check-rows";
import { checkSecrets } from "./check-secrets";
import type { Facts } from "./facts";

type Written = Omit<Parameters<typeof checkSecrets>[0], "dataDir">;

/** Everything that must hold after any run, whatever was killed; empty when it does. */
export async function auditRun(facts: Facts, watch: SessionWatch, written: Written): Promise<Problem[]> {
  const found: Record<string, string[]> = {
    items: checkItems(facts),
    page: checkWatch(facts, watch),
    results: await checkResults(facts),
    money: await checkMoney(facts),
    calls: checkCalls(facts),
    repeats: checkRepeats(facts),
    charges: checkCharges(facts),
    losses: checkLosses(facts),
    jobs: await checkJobs(facts),
    secrets: await checkSecrets({ dataDir: facts.dataDir, ...written }),
    // Last: it sweeps.
    files: await checkFiles(facts),
  };
  return Object.entries(found).flatMap(([check, details]) => details.map((detail) => ({ check, detail })));
}
