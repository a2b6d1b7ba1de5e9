/** Once per server process, before the first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { engineName, env } = await import("./lib/env");
  const { WORKER } = env();
  // An instance with WORKER=off may be frozen between two requests: nothing of it runs unasked.
  if (WORKER === "off" || (WORKER === "separate" && engineName() === "embedded")) return;
  const { startInWeb } = await import("./inngest/engine/in-web");
  await startInWeb();
}
