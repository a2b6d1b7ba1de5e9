import { join } from "node:path";
import { pixelPool } from "@/lib/images/process/shared-pool";
import type { ImageFormat } from "@/lib/images/types";
import type { OutputSettings } from "@/lib/sessions/types";

/**
 * Brings what a provider made to the size and format that were asked for, and answers the file that has it. The picture
 * is paid for: when that does not work, the answer is the file as it came.
 */
export async function fitResult(
  path: string,
  { output, workDir, signal }: { output: OutputSettings; workDir: string; signal: AbortSignal },
): Promise<string> {
  const to = join(workDir, `result.${output.format}`);
  try {
    await pixelPool().fit({ path, to, output }, { signal });
    return to;
  } catch (error) {
    if (signal.aborted) throw error;
    return path;
  }
}

/** What is said of a result that was not brought to its size. */
export function asItCame({
  width,
  height,
  format,
}: {
  width: number;
  height: number;
  format: ImageFormat;
}): string {
  return `It is ${width}×${height} ${format.toUpperCase()} as the provider made it: bringing it to the size and format you asked for did not work`;
}
