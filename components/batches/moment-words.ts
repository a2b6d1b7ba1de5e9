const DAY_MS = 86_400_000;

/** A moment by the day it lies in, in the time zone of whoever looks: "14:02", "14:02 tomorrow", "14:02 on 24 Nov". */
export function momentWords(at: number, now: number): string {
  const moment = new Date(at);
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  switch (moment.toDateString()) {
    case new Date(now).toDateString():
      return time;
    case new Date(now + DAY_MS).toDateString():
      return `${time} tomorrow`;
    case new Date(now - DAY_MS).toDateString():
      return `${time} yesterday`;
  }
  return `${time} on ${moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}`;
}
