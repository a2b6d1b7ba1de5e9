"use server";

import { revalidatePath } from "next/cache";
import { ownerAction } from "@/lib/action";
import { setMonthlyBudget } from "./mutations/set-monthly-budget";
import { monthlyBudgetSchema } from "./schemas";

export const setMonthlyBudgetAction = ownerAction("budget", monthlyBudgetSchema, async ({ input, user }) => {
  const result = await setMonthlyBudget({ userId: user.id, budget: input.amount });
  revalidatePath("/usage");
  return result;
});
