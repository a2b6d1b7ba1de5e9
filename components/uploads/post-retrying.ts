export type Posted<Answer> = { ok: true; answer: Answer } | { ok: false; words: string };

const TRIES = 4;

/**
 * POSTs JSON; what may pass by itself is tried 4 times in 7 s, so the call must be harmless when repeated. `away` are
 * the words for when the server stays silent.
 */
export async function postRetrying<Answer>(
  path: string,
  { body, away }: { body: object; away: string },
): Promise<Posted<Answer>> {
  for (let attempt = 1; ; attempt += 1) {
    const { mayPass, posted } = await post<Answer>(path, JSON.stringify(body), away);
    if (posted.ok || !mayPass || attempt === TRIES) return posted;
    await new Promise((resolve) => setTimeout(resolve, 1_000 * 2 ** (attempt - 1)));
  }
}

async function post<Answer>(
  path: string,
  body: string,
  away: string,
): Promise<{ posted: Posted<Answer>; mayPass: boolean }> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    const answer = await response.json();
    if (response.ok) return { posted: { ok: true, answer }, mayPass: false };
    const words = String(answer.words ?? away);
    return { posted: { ok: false, words }, mayPass: response.status >= 500 };
  } catch {
    return { posted: { ok: false, words: away }, mayPass: true };
  }
}
