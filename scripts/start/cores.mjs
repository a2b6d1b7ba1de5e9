import { availableParallelism } from "node:os";

/** Cores that one program may take beside what else runs here: 1 to 4. */
export const SPARE_CORES = Math.min(4, Math.max(1, availableParallelism() - 1));
