/** 1204 -> "1,204". */
export function countWords(count: number): string {
  return count.toLocaleString("en-US");
}

/** "1 image", "1,204 images". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countWords(count)} ${count === 1 ? one : many}`;
}

/** 214 -> "214th". */
export function ordinal(count: number): string {
  const teen = count % 100 >= 11 && count % 100 <= 13;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th");
  return `${countWords(count)}${ending}`;
}

/** A short time, ms: "0.4 s", "24 s", "2 min 5 s". */
export function tookWords(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Time left, ms: "about 40 s left", "about 18 min left", "about 2 h left". */
export function leftWords(ms: number): string {
  return `${aboutWords(ms)} left`;
}

/** A time that is not exact, ms: "about 40 s", "about 18 min", "about 2 h". */
export function aboutWords(ms: number): string {
  const seconds = Math.max(10, Math.ceil(ms / 10_000) * 10);
  if (seconds < 90) return `about ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} min`;
  const hours = Math.round(minutes / 30) / 2;
  return `about ${hours} h`;
}

/** 2400 × 3000 */
export function pixelsWords(width: number, height: number): string {
  return `${width} × ${height}`;
}

/** "740 KB", "5.1 MB", "3.1 GB". */
export function bytesWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} KB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}
