import { postRetrying } from "@/components/uploads/post-retrying";
import { randomId } from "@/components/uploads/random-id";
import { MAX_PROMPT_ROWS } from "@/lib/inputs/constants";

/** What could not be added, and why; both empty when all went. */
export type AddedPrompts = { left: readonly string[]; words: string | null };

/** Characters of one request: far below what the server reads, in any script. */
const CHARS = 2_000_000;
// Ids of a request whose answer never came: the same prompts sent again are the same rows.
const unanswered = new Map<string, string[]>();

const AWAY = "The server can't be reached.";

/** Makes a row of each prompt, in order. On the way out it stops at the first request that fails. */
export async function addPrompts(sessionId: string, prompts: readonly string[]): Promise<AddedPrompts> {
  let left = prompts;
  while (left.length > 0) {
    const some = nextRequest(left);
    const key = `${sessionId}\n${some.join("\n")}`;
    const ids = unanswered.get(key) ?? some.map(randomId);
    const posted = await postRetrying(`/api/sessions/${sessionId}/inputs/prompts`, {
      body: { rows: some.map((prompt, index) => ({ clientId: ids[index], prompt })) },
      away: AWAY,
    });
    if (!posted.ok) {
      unanswered.set(key, ids);
      return { left, words: posted.words };
    }
    unanswered.delete(key);
    left = left.slice(some.length);
  }
  return { left, words: null };
}

/** As many from the front as one request takes, at least one. */
function nextRequest(prompts: readonly string[]): readonly string[] {
  let chars = 0;
  const fits = prompts.findIndex((prompt) => {
    chars += prompt.length;
    return chars > CHARS;
  });
  return prompts.slice(0, Math.min(MAX_PROMPT_ROWS, fits < 0 ? prompts.length : Math.max(1, fits)));
}
