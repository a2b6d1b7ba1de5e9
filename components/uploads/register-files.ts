import type { Picked } from "./picked-files";
import { randomId } from "./random-id";

export type Registered = { inputId: string; position: number; state: string; picked: Picked };

export type RegisterAnswer = { ok: true; registered: Registered[] } | { ok: false; words: string };

const CHUNK = 500;
const TRIES = 4;
const AWAY = "The server can't be reached. Your files are still on your computer.";

/**
 * Gives files their rows, in chunks so that the first ones upload while later ones are still told. Ids made here
 * make a repeated call harmless.
 */
export async function* registerFiles(
  sessionId: string,
  picked: readonly Picked[],
): AsyncGenerator<RegisterAnswer> {
  for (let from = 0; from < picked.length; from += CHUNK) {
    const answer = await registerChunk(sessionId, picked.slice(from, from + CHUNK));
    yield answer;
    if (!answer.ok) return;
  }
}

async function registerChunk(sessionId: string, chunk: readonly Picked[]): Promise<RegisterAnswer> {
  const byClientId = new Map(chunk.map((picked) => [randomId(), picked] as const));
  const files = [...byClientId].map(([clientId, { file, path }]) => ({
    clientId,
    name: file.name.slice(0, 1_000),
    path: path.slice(0, 2_000),
    bytes: file.size,
    modified: file.lastModified,
  }));
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(sessionId, files);
    if (answer.ok) return { ok: true, registered: pairUp(answer.inputs, byClientId) };
    if (!answer.mayPass || attempt === TRIES) return { ok: false, words: answer.words };
    await new Promise((resolve) => setTimeout(resolve, 1_000 * 2 ** (attempt - 1)));
  }
}

type Told = { clientId: string; id: string; position: number; state: string };
type Answer = { ok: true; inputs: Told[] } | { ok: false; mayPass: boolean; words: string };

async function post(sessionId: string, files: object[]): Promise<Answer> {
  try {
    const response = await fetch(`/api/sessions/${sessionId}/inputs`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ files }),
    });
    const answer = await response.json();
    if (response.ok) return { ok: true, inputs: answer.inputs };
    return { ok: false, mayPass: response.status >= 500, words: String(answer.words ?? AWAY) };
  } catch {
    return { ok: false, mayPass: true, words: AWAY };
  }
}

function pairUp(inputs: readonly Told[], byClientId: ReadonlyMap<string, Picked>): Registered[] {
  return inputs.flatMap(({ clientId, id, position, state }) => {
    const picked = byClientId.get(clientId);
    return picked ? [{ inputId: id, position, state, picked }] : [];
  });
}
