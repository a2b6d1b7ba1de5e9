import { dispatchProbes } from "@/lib/inputs/mutations/dispatch-probes";
import { releaseProbes } from "@/lib/inputs/mutations/release-probes";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { releaseLeases } from "@/lib/items/mutations/release-leases";
import { findDeadWorkers, forgetWorkers, unlockOrphanedJobs } from "@/lib/limits/mutations";
import { pauseUnaffordable } from "@/lib/sessions/mutations/pause-unaffordable";
import { resumeHealed } from "@/lib/sessions/mutations/resume-healed";
import { onSchedule } from "../define";

/** Makes the rows the truth again after lost events, dead workers and full disks. Safe at any time, any often. */
export const reconcile = onSchedule({ id: "reconcile", retries: 0 }, "* * * * *", async ({ step }) => {
  const dead = await step.run("dead-workers", findDeadWorkers);
  const deadWorkers = dead.map(({ id }) => id);
  await step.run("items", () => releaseLeases({ deadWorkers }));
  await step.run("probes", () => releaseProbes({ deadWorkers }));
  await step.run("forget", () => forgetWorkers(dead));
  await step.run("jobs", unlockOrphanedJobs);
  await step.run("storage", resumeHealed);
  await step.run("money", pauseUnaffordable);
  await step.run("dispatch", async () => {
    await dispatchProbes();
    await dispatchReady();
  });
});
