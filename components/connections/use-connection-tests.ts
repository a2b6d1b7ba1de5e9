"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { testConnectionAction } from "@/lib/connections/actions";
import { plural } from "@/lib/words";

export type TestOutcome = { state: "running" } | { state: "ok" | "failed"; words: string };

/** What the tests of this visit said, by connection. */
export function useConnectionTests() {
  const [outcomes, setOutcomes] = useState<Partial<Record<string, TestOutcome>>>({});
  const router = useRouter();
  const put = (key: string, outcome: TestOutcome | undefined) =>
    setOutcomes((before) => ({ ...before, [key]: outcome }));

  async function test(key: string) {
    put(key, { state: "running" });
    const result = await answered(testConnectionAction({ key }));
    put(
      key,
      result.ok
        ? { state: "ok", words: `It works. The server names ${plural(result.value.models, "model")}.` }
        : { state: "failed", words: result.words },
    );
    router.refresh();
  }
  return { outcomes, test, forget: (key: string) => put(key, undefined) };
}
