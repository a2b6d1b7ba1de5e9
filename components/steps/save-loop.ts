const WAIT_MS = 600;

/** Saves 600 ms after the last change, one request at a time, the newest state last. */
export class SaveLoop {
  private dirty = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<boolean> | null = null;

  /** `save` sends what holds now; false when that failed. */
  constructor(private readonly save: () => Promise<boolean>) {}

  /** Whether something is not saved yet. */
  get isOpen(): boolean {
    return this.dirty || this.saving !== null;
  }

  /** Something changed. */
  touch() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), WAIT_MS);
  }

  /** The same, for whoever flushes at once. */
  mark() {
    this.dirty = true;
  }

  /** What was to be saved is not wanted any more. */
  forget() {
    this.dirty = false;
    clearTimeout(this.timer);
  }

  /** Saves what is not saved yet; false when that failed. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.saving) {
      if (!(await this.saving)) return false;
      return this.flush();
    }
    if (!this.dirty) return true;
    this.dirty = false;
    this.saving = this.save();
    const saved = await this.saving;
    this.saving = null;
    if (!saved) this.dirty = true;
    return saved && this.dirty ? this.flush() : saved;
  }
}
