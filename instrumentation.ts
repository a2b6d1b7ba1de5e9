/** Once per server process, before the first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("./lib/env");
  if (env().WORKER !== "inline") return;
  const { startInlineWorker } = await import("./inngest/engine/inline");
  await startInlineWorker();
}
