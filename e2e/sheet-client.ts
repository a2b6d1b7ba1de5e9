import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sentOf } from "@/components/uploads/sent";
import { type InputRow, unpackInput } from "@/lib/inputs/wire";
import type { ChangesAnswer, RowsAnswer } from "@/lib/sessions/wire";
import type { DownloadList } from "@/lib/zip/types";
import type { CookieJar } from "@/scripts/testing/cookie-jar";
import { PATIENCE_MS } from "@/scripts/testing/patience.mjs";

export type TestFile = { name: string; bytes: Uint8Array; path?: string };

/** What the page does over HTTP, without the page. */
export class SheetClient {
  constructor(
    private readonly address: string,
    readonly jar: CookieJar,
  ) {}

  /** Asks again, as the page does, while the server says that it has more to do than it can (R88). */
  async get(path: string, init: RequestInit = {}): Promise<Response> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const response = await this.jar.fetch(`${this.address}${path}`, init);
      if (response.status !== 503 || Date.now() > until) return response;
      await sleep(250);
    }
  }

  async register(sessionId: string, files: TestFile[]): Promise<{ id: string; position: number }[]> {
    const body = JSON.stringify({
      files: files.map(({ name, bytes, path = "" }) => ({
        clientId: randomUUID(),
        name,
        path,
        bytes: bytes.length,
        modified: null,
      })),
    });
    const response = await this.get(`/api/sessions/${sessionId}/inputs`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    });
    if (!response.ok) throw new Error(`register: ${response.status} ${await response.text()}`);
    return (await response.json()).inputs;
  }

  put(inputId: string, bytes: Uint8Array): Promise<Response> {
    return this.get(`/api/uploads/${inputId}`, { method: "PUT", body: Buffer.from(bytes) });
  }

  /** Registers and sends all, five at once. */
  async upload(sessionId: string, files: TestFile[]): Promise<void> {
    const inputs = await this.register(sessionId, files);
    const queue = inputs.map(({ id }, index) => ({ id, bytes: files[index]?.bytes ?? new Uint8Array() }));
    const send = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { status, text } = await this.put(next.id, next.bytes).then(read);
        if (!sentOf({ status, text }).ok) throw new Error(`upload: ${status} ${text}`);
      }
    };
    await Promise.all([send(), send(), send(), send(), send()]);
  }

  /** The inputs once there are `count` and each is ready. */
  untilReady(sessionId: string, count: number): Promise<InputRow[]> {
    return this.untilAll(sessionId, count, ["ready"]);
  }

  /** The inputs once there are `count` and each is ready or refused. */
  untilProbed(sessionId: string, count: number): Promise<InputRow[]> {
    return this.untilAll(sessionId, count, ["ready", "refused"]);
  }

  /** However long the app is away. */
  async untilFinished(sessionId: string): Promise<void> {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(250)) {
      const answer = await this.changes(sessionId).catch(() => null);
      if (answer?.state === "finished") return;
    }
    throw new Error(`${sessionId} was not finished in time`);
  }

  /** However long the app is away. An answer may leave out what changed while it was put together: hence the count. */
  private async untilAll(sessionId: string, count: number, states: InputRow["state"][]) {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(250)) {
      const answer = await this.changes(sessionId).catch(() => null);
      const inputs = (answer?.inputs ?? []).map(unpackInput);
      if (inputs.length === count && inputs.every(({ state }) => states.includes(state))) return inputs;
    }
    throw new Error(`the ${count} inputs of ${sessionId} were not ${states.join(" or ")} in time`);
  }

  async rows(sessionId: string): Promise<RowsAnswer> {
    return (await this.get(`/api/sessions/${sessionId}/rows?after=0`)).json();
  }

  async changes(sessionId: string): Promise<ChangesAnswer> {
    return (await this.get(`/api/sessions/${sessionId}/changes?since=0`)).json();
  }

  async downloadList(sessionId: string): Promise<DownloadList> {
    return (await this.get(`/api/sessions/${sessionId}/download`)).json();
  }
}

async function read(response: Response) {
  return { status: response.status, text: await response.text() };
}
