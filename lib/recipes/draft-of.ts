type Step = { prompt: string | null };
type Draft<S extends Step> = { prompt: string; steps: S[] };

/**
 * Prompt and steps of a draft over many images: the session's prompt is that of step 1, which then has none of its
 * own, so that an image may have its own instead.
 */
export function bulkDraftOf<S extends Step>(draft: Draft<S>): Draft<S> {
  const [first, ...others] = ownPrompts(draft);
  if (!first) return draft;
  return { prompt: first.prompt ?? draft.prompt, steps: [{ ...first, prompt: null }, ...others] };
}

/** The same for one image: every step has its own prompt. */
export function serialDraftOf<S extends Step>(draft: Draft<S>): Draft<S> {
  return { prompt: "", steps: ownPrompts(draft) };
}

/** Steps that inherit the session's prompt have it as their own. */
export function ownPrompts<S extends Step>({ prompt, steps }: Draft<S>): S[] {
  return steps.map((step) => ({ ...step, prompt: step.prompt ?? prompt }));
}
