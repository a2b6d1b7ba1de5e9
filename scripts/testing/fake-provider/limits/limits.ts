import { LIMITED, type Settings } from "../settings";
import type { Limited } from "./hints";
import { createLimiter, type Limiter, type Verdict } from "./limiter";

export type Admission = {
  verdicts: Partial<Record<Limited, Verdict>>;
  /** The limit that holds the call up longest; null: it was let in. */
  refused: { name: Limited; verdict: Verdict } | null;
};

/** All limits of an account: a call takes from every one of them or from none. */
export class Limits {
  private readonly limiters: Partial<Record<Limited, Limiter>> = {};

  constructor(private readonly settings: Settings["limits"]) {
    for (const name of LIMITED) {
      const spec = settings[name];
      if (spec) this.limiters[name] = createLimiter(spec);
    }
  }

  admit(units: Record<Limited, number>, now: number): Admission {
    const refused = this.longest(this.look(units, now));
    if (!refused || this.settings.refusalsCount) {
      for (const name of LIMITED) this.limiters[name]?.take(units[name], now);
    }
    if (refused) return { verdicts: this.look(units, now), refused };
    return { verdicts: this.look({ requests: 0, images: 0, tokens: 0 }, now), refused: null };
  }

  private look(units: Record<Limited, number>, now: number): Admission["verdicts"] {
    const verdicts: Admission["verdicts"] = {};
    for (const name of LIMITED) {
      const verdict = this.limiters[name]?.look(units[name], now);
      if (verdict) verdicts[name] = verdict;
    }
    return verdicts;
  }

  private longest(verdicts: Admission["verdicts"]): Admission["refused"] {
    let worst: Admission["refused"] = null;
    for (const name of LIMITED) {
      const verdict = verdicts[name];
      if (!verdict || verdict.ok) continue;
      if (!worst || verdict.retryMs > worst.verdict.retryMs) worst = { name, verdict };
    }
    return worst;
  }
}
