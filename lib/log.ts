type Fields = Record<string, unknown>;

const LEVELS = { debug: 10, info: 20, warn: 30, error: 40 } as const;
type Level = keyof typeof LEVELS;

/** One line of JSON a call. Never pass secrets, tokens or prompts. */
export const log = {
  debug: (message: string, fields?: Fields) => write("debug", message, fields),
  info: (message: string, fields?: Fields) => write("info", message, fields),
  warn: (message: string, fields?: Fields) => write("warn", message, fields),
  error: (message: string, fields?: Fields) => write("error", message, fields),
};

function write(level: Level, message: string, fields: Fields = {}) {
  const wanted = LEVELS[(process.env.LOG_LEVEL ?? "info") as Level] ?? LEVELS.info;
  if (LEVELS[level] < wanted) return;
  const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...describe(fields) });
  (level === "error" ? console.error : console.log)(line);
}

function describe(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? `${value.name}: ${value.message}` : value,
    ]),
  );
}
