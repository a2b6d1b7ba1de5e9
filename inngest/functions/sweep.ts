import { sweepThrottles } from "@/lib/auth/mutations/sweep";
import { sweepUnusedImages } from "@/lib/images/mutations";
import { sweepOrphans, sweepUploads } from "@/lib/inputs/mutations/sweep-uploads";
import { sweepLeftovers } from "@/lib/items/sweep-leftovers";
import { purgeDeletedRecipes } from "@/lib/recipes/mutations/edit-recipe";
import { purgeDeletedSessions } from "@/lib/sessions/mutations/purge-deleted";
import { onSchedule } from "../define";

const BATCH = 500;

/** Once an hour: what nobody can reach any more goes. */
export const sweep = onSchedule({ id: "sweep", retries: 1, alone: true }, "17 * * * *", async ({ step }) => {
  await step.run("sessions", () => purgeDeletedSessions({ limit: BATCH }));
  await step.run("recipes", () => purgeDeletedRecipes({ limit: BATCH }));
  await step.run("uploads", () => sweepUploads({ limit: BATCH }));
  await step.run("orphans", () => sweepOrphans());
  await step.run("images", () => sweepUnusedImages({ limit: BATCH }));
  await step.run("sign-in", sweepThrottles);
  await step.run("leftovers", sweepLeftovers);
});
