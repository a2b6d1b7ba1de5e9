import { ensurePrograms } from "./start/programs.mjs";

// For a host that runs its own build (vercel.json).
await ensurePrograms();
