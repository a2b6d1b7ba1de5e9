import { z } from "zod";
import { parseMoney } from "@/lib/money";

/** The highest stop one can set, micro-dollars: a million dollars. */
const HIGHEST = 1_000_000_000_000;

/** What a person typed; nothing typed takes the stop away. */
export const monthlyBudgetSchema = z.strictObject({
  amount: z
    .string()
    .max(40)
    .transform((text, context) => {
      if (text.trim() === "") return null;
      const budget = parseMoney(text);
      if (budget !== null && budget <= HIGHEST) return budget;
      context.addIssue({
        code: "custom",
        message: budget
          ? "A month can stop at $1,000,000 at most"
          : 'An amount is written like "60" or "60.50"',
      });
      return z.NEVER;
    }),
});
