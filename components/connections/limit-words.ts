import type { ConnectionView, LimitsView } from "@/lib/connections/types";
import { countWords } from "@/lib/words";

export type LimitLine = { label: string; value: string; from: string | null };

type Given = Pick<ConnectionView, "limits" | "fixedLimits" | "origin" | "mayEdit">;

/** What a connection may do, line by line, and who said so. */
export function limitLines({ limits, fixedLimits, origin, mayEdit }: Given): LimitLine[] {
  const setByPerson = mayEdit ? "set by you" : "set by the owner";
  const setBy = origin === "person" ? setByPerson : "set for this installation";
  const { imagesPerMinute, requestsPerMinute, maxInFlight, inFlight } = limits;
  return [
    {
      label: "Images a minute",
      ...rateWords(limits, fixedLimits.imagesPerMinute ? "set in the environment" : setBy),
    },
    {
      label: "Requests a minute",
      value: requestsPerMinute === null ? NO_LIMIT[limits.rateSource] : rate(requestsPerMinute),
      from: fixedLimits.requestsPerMinute ? "set in the environment" : null,
    },
    {
      label: "At the same time",
      value: inFlight < maxInFlight ? `${inFlight} now` : `${maxInFlight}`,
      from: inFlight < maxInFlight ? growthWords(maxInFlight, imagesPerMinute) : "at most",
    },
  ];
}

const NO_LIMIT = {
  default: "no limit known",
  learned: "no limit known",
  told: "no limit known",
  set: "not limited",
} as const;

function rateWords({ imagesPerMinute, rateSource }: LimitsView, setBy: string): Omit<LimitLine, "label"> {
  if (imagesPerMinute === null)
    return { value: NO_LIMIT[rateSource], from: rateSource === "set" ? setBy : null };
  const from = {
    default: "until the provider says more",
    learned: "learned from refusals",
    told: "told by the provider",
    set: setBy,
  }[rateSource];
  return { value: rate(imagesPerMinute), from };
}

function growthWords(most: number, imagesPerMinute: number | null): string {
  return imagesPerMinute === null ? `at most ${most}` : `grows as needed, at most ${most}`;
}

function rate(perMinute: number): string {
  return perMinute < 10 ? String(Math.round(perMinute * 10) / 10) : countWords(Math.round(perMinute));
}

/** What happens on a connection now: "12 running, next slot in 4 s". */
export function paceWords({ running, nextSlotMs, blockedWhy }: LimitsView): string {
  const wait = Math.ceil((nextSlotMs ?? 0) / 1000);
  const next = wait > 0 ? `next slot in ${wait} s` : "next slot now";
  const why = blockedWhy ? `${BLOCKED[blockedWhy]}: ` : "";
  return running > 0 ? `${why}${countWords(running)} running, ${next}` : `${why}Nothing running, ${next}`;
}

const BLOCKED = {
  rate_limited: "The provider asks us to slow down",
  overloaded: "The provider is overloaded",
  failing: "The provider keeps failing",
} as const;
