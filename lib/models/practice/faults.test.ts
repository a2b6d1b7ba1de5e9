import { describe, expect, it } from "vitest";
import { type PracticeFault, practiceFault } from "./faults";

/** 10,000 ids of version 7 that differ in their last bytes only, as those of one session do. */
const IDS = Array.from(
  { length: 10_000 },
  (_, n) => `0199a3b4-5c6d-7e8f-9a0b-${n.toString(16).padStart(12, "0")}`,
);

const PASSING: readonly PracticeFault["kind"][] = ["rate_limited", "overloaded", "timeout"];

describe("practiceFault", () => {
  it.each([
    ["off", 0, 0],
    ["some", 900, 1_100],
    ["many", 3_150, 3_520],
  ] as const)("'%s' meets %i to %i of 10,000 items", (level, least, most) => {
    const met = IDS.filter((itemId) => practiceFault({ itemId, attempt: 1, level })).length;
    expect(met).toBeGreaterThanOrEqual(least);
    expect(met).toBeLessThanOrEqual(most);
  });

  it("has every kind, each in its share", () => {
    const faults = faultsOf(1);
    const share = (kind: PracticeFault["kind"]) =>
      faults.filter((fault) => fault?.kind === kind).length / faults.filter(Boolean).length;
    expect(share("rate_limited")).toBeCloseTo(0.3, 1);
    expect(share("overloaded")).toBeCloseTo(0.2, 1);
    expect(share("timeout")).toBeCloseTo(0.15, 1);
    expect(share("blocked")).toBeCloseTo(0.15, 1);
    expect(share("wrong_size")).toBeCloseTo(0.2, 1);
  });

  it("gives the same attempt the same fault, and an item that has one with 'some' has it with 'many'", () => {
    expect(faultsOf(1)).toEqual(faultsOf(1));
    for (const itemId of IDS) {
      const some = practiceFault({ itemId, attempt: 1, level: "some" });
      if (some) expect(practiceFault({ itemId, attempt: 1, level: "many" })).toEqual(some);
    }
  });

  it("is over by the third attempt where waiting heals, and stays where it does not", () => {
    const [first, second, third, ninth] = [faultsOf(1), faultsOf(2), faultsOf(3), faultsOf(9)];
    const isPassing = (fault: PracticeFault | null | undefined) => !!fault && PASSING.includes(fault.kind);
    const lasting = first.map((fault) => (isPassing(fault) ? null : fault));
    expect(third).toEqual(lasting);
    expect(ninth).toEqual(lasting);
    const again = second.filter(isPassing).length / first.filter(isPassing).length;
    expect(again).toBeGreaterThan(0.4);
    expect(again).toBeLessThan(0.6);
  });

  it("asks for 2 to 6 seconds of waiting when it limits", () => {
    for (const fault of faultsOf(1)) {
      if (fault?.kind !== "rate_limited") continue;
      expect(fault.retryAfterMs).toBeGreaterThanOrEqual(2_000);
      expect(fault.retryAfterMs).toBeLessThan(6_000);
    }
  });
});

function faultsOf(attempt: number) {
  return IDS.map((itemId) => practiceFault({ itemId, attempt, level: "many" }));
}
