import { bytesWords, pixelsWords } from "@/lib/words";
import type { Original } from "./use-original";

/** Where the image of the chain stands, in few words: what stops it from running is said by `originalTrouble`. */
export function originalWords({ row, task }: Pick<Original, "row" | "task">): string {
  if (!row) return "No image yet";
  switch (row.state) {
    case "ready":
      return `${pixelsWords(row.width, row.height)} · ${bytesWords(row.bytes)}`;
    case "refused":
      return "Not added";
    case "probing":
      return "Checking";
    case "uploading":
      if (!task) return "Missing";
      if (task.state === "failed") return "Not uploaded";
      return task.bytes > 0 ? `${Math.floor((task.sentBytes / task.bytes) * 100)} %` : "Uploading";
  }
}

/** Why the chain can't run yet as far as its image goes; null when it can. */
export function originalTrouble({ row, task }: Pick<Original, "row" | "task">): string | null {
  if (!row) return "Choose an image to run the chain.";
  if (row.state === "ready") return null;
  if (row.state === "refused") return "The image can't be used. Choose another one.";
  if (row.state === "uploading" && (!task || task.state === "failed")) {
    return "The image did not arrive. Choose it again.";
  }
  return "The image is still on its way.";
}
