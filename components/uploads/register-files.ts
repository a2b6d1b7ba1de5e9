import type { Picked } from "./picked-files";
import { postRetrying } from "./post-retrying";
import { randomId } from "./random-id";
import { TO_THE_LIST, type UploadTarget } from "./upload-target";

export type Registered = { inputId: string; position: number; state: string; picked: Picked };

export type RegisterAnswer = { ok: true; registered: Registered[] } | { ok: false; words: string };

const CHUNK = 500;
const AWAY = "The server can't be reached. Your files are still on your computer.";

/**
 * Gives files their rows, in chunks so that the first ones upload while later ones are still told. Ids made here
 * make a repeated call harmless.
 */
export async function* registerFiles(
  sessionId: string,
  picked: readonly Picked[],
  target: UploadTarget = TO_THE_LIST,
): AsyncGenerator<RegisterAnswer> {
  for (let from = 0; from < picked.length; from += CHUNK) {
    const answer = await registerChunk(sessionId, picked.slice(from, from + CHUNK), target);
    yield answer;
    if (!answer.ok) return;
  }
}

async function registerChunk(
  sessionId: string,
  chunk: readonly Picked[],
  target: UploadTarget,
): Promise<RegisterAnswer> {
  const byClientId = new Map(chunk.map((picked) => [randomId(), picked] as const));
  const files = [...byClientId].map(([clientId, { file, path }]) => ({
    clientId,
    name: file.name.slice(0, 1_000),
    path: path.slice(0, 2_000),
    bytes: file.size,
    modified: file.lastModified,
  }));
  const posted = await postRetrying<{ inputs: Told[] }>(`/api/sessions/${sessionId}/inputs`, {
    body: { ...target, files },
    away: AWAY,
  });
  if (!posted.ok) return posted;
  return { ok: true, registered: pairUp(posted.answer.inputs, byClientId) };
}

type Told = { clientId: string; id: string; position: number; state: string };

function pairUp(inputs: readonly Told[], byClientId: ReadonlyMap<string, Picked>): Registered[] {
  return inputs.flatMap(({ clientId, id, position, state }) => {
    const picked = byClientId.get(clientId);
    return picked ? [{ inputId: id, position, state, picked }] : [];
  });
}
