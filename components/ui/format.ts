/** "1,204" */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US");
}

/** "1 image", "1,204 images" */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "820 B", "64 KB", "3.1 MB", "2.4 GB"; decimal, as file managers and our limits count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ["KB", "MB", "GB", "TB"];
  const step = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${value >= 10 || step === 1 ? Math.round(value) : Math.round(value * 10) / 10} ${units[step - 1]}`;
}

/** "8 s", "2 min", "1 h 20 min"; for times people wait. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ""}`;
}
