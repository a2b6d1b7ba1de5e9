/** Raised whenever the same prompt and picture give other pixels. */
export const STUDIO_VERSION = "studio-3";
