/** Files one request may register. */
export const MAX_REGISTER = 1_000;

/** Inputs of one session (DESIGN.md: 1 to 10,000 images). */
export const MAX_INPUTS = 10_000;

/** References of a session, and again of one image: with the image itself they fill the largest call (16 images). */
export const MAX_REFERENCES = 15;

/** Prompts one request may add. */
export const MAX_PROMPT_ROWS = 500;

/** Images that one request may give a prompt each. */
export const MAX_OWN_PROMPTS = 1_000;

/** Probes a worker runs or holds ready, for each core. */
export const PROBES_PER_CORE = 2;

/** A probe ends within the decoder's deadline; then its lease is over. */
export const PROBE_LEASE_SECONDS = 90;

/** Decoder deaths on one file before it is refused (R8). */
export const MAX_DECODER_CRASHES = 2;

/** Probes that may begin and never end before the file is refused: bounds one that takes the whole worker down. */
export const MAX_LOST_PROBES = 5;

/** Wait before a probe is tried again when the disk was full. */
export const STORAGE_RETRY_SECONDS = 10;
