import { totalItems } from "@/lib/sessions/status";
import type { ItemCounts } from "@/lib/sessions/wire";
import { countWords, plural, tookWords } from "@/lib/words";

const LONGEST_NAME = 80;

/** What the e-mail about a finished run says. Times are UTC: the reader's zone is not known here. */
export function finishWords(run: {
  name: string;
  counts: ItemCounts;
  startedAt: Date | null;
  finishedAt: Date;
  link: string;
}): { subject: string; text: string } {
  const { counts, startedAt, finishedAt, link } = run;
  const name = oneLine(run.name);
  const completed = counts.completed + counts.reused;
  const failed = counts.failed + counts.blocked;
  const result = [
    `${countWords(completed)} completed`,
    failed > 0 && `${countWords(failed)} failed`,
    counts.unmet > 0 && `${countWords(counts.unmet)} not run because an earlier step failed`,
    counts.cancelled > 0 && `${countWords(counts.cancelled)} cancelled`,
  ].filter(Boolean);
  const took = startedAt ? ` after ${tookWords(finishedAt.getTime() - startedAt.getTime())}` : "";
  return {
    subject: `Finished: ${name} (${result.join(", ")})`,
    text: [
      `The session "${name}" is finished.`,
      "",
      `${plural(totalItems(counts), "image")}: ${result.join(", ")}.`,
      `It ended on ${momentWords(finishedAt)}${took}.`,
      ...(failed > 0 ? ["The failed ones say why, and can be retried."] : []),
      "",
      link,
      "",
    ].join("\n"),
  };
}

/** A name is whatever its owner typed; in a header it is one short line. */
export function oneLine(name: string): string {
  const line = name.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
  return [...line].length > LONGEST_NAME ? `${[...line].slice(0, LONGEST_NAME - 1).join("")}…` : line;
}

function momentWords(at: Date): string {
  const day = at.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  return `${day} at ${time} UTC`;
}
