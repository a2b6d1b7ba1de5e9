import { watch } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./settings.mjs";

const QUIET_MS = 300;

/** Calls back when code the worker runs was saved, once for a burst of saves. @param {() => void} onChange */
export function watchSources(onChange) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  for (const folder of ["lib", "db", "inngest"]) {
    watch(join(PROJECT, folder), { recursive: true }, (_event, name) => {
      if (!/\.tsx?$/.test(name ?? "") || /\.test\.tsx?$/.test(name ?? "")) return;
      clearTimeout(timer);
      timer = setTimeout(onChange, QUIET_MS);
    }).unref();
  }
}
