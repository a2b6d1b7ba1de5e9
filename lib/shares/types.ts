/** What a visitor of a share link may see. Results are always shown. */
export type ShareOptions = { originals: boolean; prompts: boolean; names: boolean; download: boolean };

/** What is kept of a link. The hash never leaves the server. */
export type StoredShareOptions = ShareOptions & { passwordHash?: string };

/** A link as its owner sees it. The token is shown once, when the link is made, and never again. */
export type ShareRow = {
  id: string;
  options: ShareOptions;
  /** ms since 1970; null: never. */
  expiresAt: number | null;
  createdAt: number;
  state: "active" | "expired" | "revoked";
  /** Asks for a password. */
  locked: boolean;
};

export type SharedImage = {
  imageId: string;
  width: number;
  height: number;
  alpha: boolean;
  thumbhash: string;
};

/** One result as a visitor sees it. What the link does not show is null. */
export type SharedResult = {
  /** Its number in the session, from 1. */
  n: number;
  variant: number;
  name: string | null;
  prompt: string | null;
  result: SharedImage;
  source: SharedImage | null;
};

/** GET /api/shares/:token/rows */
export type SharedRowsAnswer = {
  title: string;
  options: ShareOptions;
  /** Results there are now. */
  total: number;
  /** More may come: the run goes on. */
  open: boolean;
  rows: SharedResult[];
  /** `after` of the next page; null: these are all. */
  next: number | null;
};
