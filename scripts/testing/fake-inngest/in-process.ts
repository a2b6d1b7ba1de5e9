import { NextRequest } from "next/server";
import { inngest as client } from "@/inngest/client";
import { inngestHandlers } from "@/inngest/serve";
import { forgetEnv } from "@/lib/env";
import type { FakeInngest, FakeInngestOptions } from "./fake-inngest";
import { startFakeInngest } from "./start-fake-inngest";

const APP = "http://127.0.0.1:3000/api/inngest";

export type OnInngest = {
  inngest: FakeInngest;
  /** Answers the function of that id, as it was registered. */
  find(id: string): ReturnType<FakeInngest["registered"]>[number];
  /** Back to the embedded engine. */
  close(): Promise<void>;
};

/** This process becomes an app on Inngest: its events go to a fake server over HTTP, whose calls come to its handlers. */
export async function onFakeInngest(options: Omit<FakeInngestOptions, "call"> = {}): Promise<OnInngest> {
  const server = await startFakeInngest({
    retryMs: 10,
    ...options,
    call: (url, init) => inngestHandlers().POST(new NextRequest(url, init), {}),
  });
  use({ INNGEST_DEV: server.address });
  const answer = await inngestHandlers().PUT(new NextRequest(APP, { method: "PUT" }), {});
  if (answer.status !== 200) throw new Error(`not registered: ${await answer.text()}`);
  return {
    inngest: server.inngest,
    find(id) {
      const found = server.inngest.registered().find((one) => one.id === `contact-sheet-${id}`);
      if (!found) throw new Error(`${id} is not registered`);
      return found;
    },
    async close() {
      use({ INNGEST_DEV: undefined });
      await server.close();
    },
  };
}

/** Sets or removes settings of this process, for our code and for the SDK. */
export function use(settings: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  forgetEnv();
  client.setEnvVars(settings);
}
