const WINDOW_MS = 15_000;
const LEAST_MS = 2_000;

/** Time left of the uploads from how fast the last 15 s went. */
export class UploadSpeed {
  private samples: { at: number; bytes: number }[] = [];

  reset() {
    this.samples = [];
  }

  /** Null until 2 s have been measured or nothing moves. Times in ms. */
  leftMs(sentBytes: number, bytes: number, now: number): number | null {
    const last = this.samples.at(-1);
    // A retry takes bytes back; what was measured before no longer fits.
    if (last && sentBytes < last.bytes) this.samples = [];
    this.samples.push({ at: now, bytes: sentBytes });
    this.samples = this.samples.filter((sample) => now - sample.at <= WINDOW_MS);
    const first = this.samples[0];
    if (!first || now - first.at < LEAST_MS) return null;
    const perMs = (sentBytes - first.bytes) / (now - first.at);
    return perMs > 0 ? Math.round((bytes - sentBytes) / perMs) : null;
  }
}
