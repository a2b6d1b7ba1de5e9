/** What a visitor of a share link may see. Results are always shown. */
export type ShareOptions = { originals: boolean; prompts: boolean; names: boolean; download: boolean };
