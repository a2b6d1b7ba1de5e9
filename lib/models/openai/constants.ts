/** Longest side of a picture that is sent: providers read no more, so more would only cost time. */
export const MAX_INPUT_EDGE = 2048;
/** What the provider's reference says of a mask; its guide says more, the smaller number is safe. */
export const MAX_MASK_BYTES = 4_000_000;
/** Largest answer that is read (R42). */
export const MAX_ANSWER_BYTES = 200_000_000;
/** Largest refusal that is read. */
export const MAX_REFUSAL_BYTES = 1_000_000;
