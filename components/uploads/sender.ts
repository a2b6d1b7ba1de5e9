import { sendFile } from "./send-file";
import type { UploadQueue } from "./upload-queue";

/** Browsers open 6 connections to one host; one stays free for the page. */
const LINES = 5;

type SenderOptions = {
  fileOf: (inputId: string) => File | null;
  onChange: () => void;
  /** Nothing can be sent until the person does something. */
  onHalt: (words: string) => void;
};

/** Moves the queue: sends what is due on free lines, wakes when a retry is due or the network is back. */
export class Sender {
  private readonly lines = new Map<string, AbortController>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly queue: UploadQueue,
    private readonly options: SenderOptions,
  ) {
    if (typeof window === "undefined") return;
    window.addEventListener("online", () => this.pump());
    window.addEventListener("offline", () => this.abort(this.lines.keys()));
    window.addEventListener("beforeunload", (event) => {
      if (this.lines.size > 0) event.preventDefault();
    });
  }

  pump() {
    clearTimeout(this.timer);
    // `onLine` false is sure; true is not, and then the retries take over.
    if (!navigator.onLine) return;
    for (const inputId of this.queue.due(Date.now(), LINES - this.lines.size)) void this.send(inputId);
    const next = this.queue.nextDue();
    if (next === null || this.lines.size >= LINES) return;
    this.timer = setTimeout(() => this.pump(), Math.max(50, next - Date.now()));
  }

  abort(inputIds: Iterable<string>) {
    for (const id of [...inputIds]) this.lines.get(id)?.abort();
  }

  pause() {
    this.queue.setPaused(true);
    this.abort(this.lines.keys());
    this.options.onChange();
  }

  resume() {
    this.queue.setPaused(false);
    this.pump();
    this.options.onChange();
  }

  private async send(inputId: string) {
    const { fileOf, onChange } = this.options;
    const file = fileOf(inputId);
    if (!file) return this.queue.failed(inputId, "Choose this file again.");
    const line = new AbortController();
    this.lines.set(inputId, line);
    this.queue.begin(inputId);
    const onProgress = (bytes: number) => {
      this.queue.progress(inputId, bytes);
      onChange();
    };
    const answer = await sendFile({ inputId, file, signal: line.signal, onProgress });
    this.lines.delete(inputId);
    this.settle(inputId, answer, line.signal.aborted || !navigator.onLine);
    onChange();
    this.pump();
  }

  private settle(inputId: string, answer: Awaited<ReturnType<typeof sendFile>>, interrupted: boolean) {
    if (answer.ok) return this.queue.sent(inputId);
    if (interrupted) return this.queue.putBack(inputId);
    if (answer.final && !answer.signedOut) return this.queue.failed(inputId, answer.words);
    if (!answer.signedOut) return this.queue.missed(inputId, answer.words, Date.now());
    this.queue.putBack(inputId);
    this.queue.setPaused(true);
    this.options.onHalt(answer.words);
  }
}
