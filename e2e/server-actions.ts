import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PROJECT } from "@/scripts/start/settings.mjs";
import type { CookieJar } from "@/scripts/testing/cookie-jar";

export type ServerAction = { id: string; name: string; pages: string[] };

const manifestSchema = z.object({
  node: z.record(
    z.string(),
    z.object({ exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
});

/** The folder of the build that the app under test runs. */
export function buildFolder(): string {
  return join(PROJECT, process.env.NEXT_DIST_DIR || ".next");
}

const known = new Map<string, ServerAction[]>();

/** Every server action of the build: each is a public address, whoever links to it. */
export function listServerActions(): ServerAction[] {
  const folder = buildFolder();
  const actions = known.get(folder) ?? readServerActions();
  known.set(folder, actions);
  return actions;
}

function readServerActions(): ServerAction[] {
  const path = join(buildFolder(), "server/server-reference-manifest.json");
  const { node } = manifestSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  return Object.entries(node).map(([id, { exportedName, workers }]) => ({
    id,
    name: exportedName,
    // "app/(app)/sessions/new/page" is reached at /sessions/new.
    pages: Object.keys(workers).map((page) => page.replace(/^app|\/\([^)]*\)|\/page$/g, "") || "/"),
  }));
}

export type ActionCall = {
  action: ServerAction;
  jar: CookieJar;
  /** The request's body as it goes over the wire; arguments are a JSON array. */
  body: string;
  origin?: string;
  contentType?: string;
};

/** Posts to an action as a page does, or as somebody who is no page. */
export async function callAction(address: string, { action, jar, body, origin, contentType }: ActionCall) {
  const page = action.pages.find((one) => !one.includes("[")) ?? "/sessions";
  const response = await jar.fetch(address + page, {
    method: "POST",
    body,
    headers: {
      "next-action": action.id,
      accept: "text/x-component",
      "content-type": contentType ?? "text/plain;charset=UTF-8",
      ...(origin === undefined ? {} : { origin }),
    },
  });
  return { status: response.status, text: await response.text() };
}

/** Calls an action as a page does. Answers its value; throws what it says where it refuses. */
export async function doAction<T>(
  address: string,
  { name, jar, input, value }: { name: string; jar: CookieJar; input: unknown; value: z.ZodType<T> },
): Promise<T> {
  const action = listServerActions().find((one) => one.name === name);
  if (!action) throw new Error(`the build has no action ${name}`);
  const { text } = await callAction(address, { action, jar, body: JSON.stringify([input]), origin: address });
  const answer = /^\d+:(\{"ok":.*\})$/m.exec(text)?.[1];
  if (!answer) throw new Error(`${name}: ${text.slice(0, 300)}`);
  const result = resultSchema.parse(JSON.parse(answer));
  if (!result.ok) throw new Error(`${name}: ${result.words}`);
  return value.parse(result.value);
}

const resultSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), words: z.string() }),
]);
