import { askForBatches } from "@/lib/batches/mutations/ask-for-batches";
import { dispatchProbes } from "@/lib/inputs/mutations/dispatch-probes";
import { releaseProbes } from "@/lib/inputs/mutations/release-probes";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { releaseLeases } from "@/lib/items/mutations/release-leases";
import { findDeadWorkers, forgetWorkers, unlockOrphanedJobs } from "@/lib/limits/mutations";
import { pauseUnaffordable } from "@/lib/sessions/mutations/pause-unaffordable";
import { resumeHealed } from "@/lib/sessions/mutations/resume-healed";
import { onSchedule } from "../define";

/**
 * Makes the rows the truth again after lost events, dead workers and full disks. Safe at any time, any often. Few
 * steps: it runs all day, and Inngest counts each.
 */
export const reconcile = onSchedule(
  { id: "reconcile", retries: 0, alone: true },
  "* * * * *",
  async ({ step }) => {
    await step.run("take-back", takeBack);
    await step.run("unpause", resumeHealed);
    await step.run("pause", pauseUnaffordable);
    await step.run("dispatch", async () => {
      await dispatchProbes();
      await dispatchReady();
      await askForBatches();
    });
  },
);

async function takeBack(): Promise<void> {
  const dead = await findDeadWorkers();
  const deadWorkers = dead.map(({ id }) => id);
  await releaseLeases({ deadWorkers });
  await releaseProbes({ deadWorkers });
  // Only now: a worker that is forgotten is not found dead again.
  await forgetWorkers(dead);
  await unlockOrphanedJobs();
}
