import type { Call } from "../log/call";
import { chance } from "../random";
import type { Fault, FaultRate, Rule } from "../settings";

export type Chosen = { fault: Fault | null; latencyMs: number | null };

/** Which fault a call gets: the first rule of the script that fits, else by seeded chance. */
export class FaultScript {
  private rules: { rule: Rule; left: number }[] = [];

  constructor(
    private readonly seed: number,
    rules: readonly Rule[],
    private rates: readonly FaultRate[],
  ) {
    this.add(rules);
  }

  add(rules: readonly Rule[]): void {
    this.rules.push(...rules.map((rule) => ({ rule, left: rule.times ?? Number.POSITIVE_INFINITY })));
  }

  setRates(rates: readonly FaultRate[]): void {
    this.rates = rates;
  }

  clear(): void {
    this.rules = [];
    this.rates = [];
  }

  choose(call: Call): Chosen {
    const found = this.rules.find(({ rule, left }) => left > 0 && fits(rule, call));
    if (found) {
      found.left--;
      return { fault: toFault(found.rule.fault), latencyMs: found.rule.latencyMs ?? null };
    }
    return { fault: call.isImage ? this.byChance(call.number) : null, latencyMs: null };
  }

  private byChance(number: number): Fault | null {
    let drawn = chance({ seed: this.seed, call: number, use: "fault" });
    for (const { share, fault } of this.rates) {
      drawn -= share;
      if (drawn < 0) return toFault(fault);
    }
    return null;
  }
}

function fits({ nth, every, promptIncludes, clientRequestId, path, method }: Rule, call: Call): boolean {
  if (path === undefined ? !call.isImage : !isPath(path, call.path)) return false;
  if (method !== undefined && call.method !== method) return false;
  if (nth !== undefined && call.number !== nth) return false;
  if (every !== undefined && call.number % every !== 0) return false;
  if (clientRequestId !== undefined && call.clientRequestId !== clientRequestId) return false;
  return promptIncludes === undefined || (call.prompt ?? "").includes(promptIncludes);
}

function isPath(pattern: string, path: string): boolean {
  const [wanted, parts] = [pattern.split("/"), path.split("/")];
  return wanted.length === parts.length && wanted.every((part, at) => part === "*" || part === parts[at]);
}

function toFault(fault: Rule["fault"]): Fault | null {
  return typeof fault === "string" ? { kind: fault } : (fault ?? null);
}
