/**
 * Which engine runs the durable functions, as `engineName` in lib/env.ts decides it, in words for the terminal.
 * @param {Record<string, string | undefined>} env
 * @returns {{ isInngest: boolean, words: string }}
 */
export function readEngine({ INNGEST_DEV = "", INNGEST_EVENT_KEY, INNGEST_BASE_URL }) {
  const dev = INNGEST_DEV.trim();
  const isDev = dev !== "" && !/^(0|false)$/i.test(dev);
  if (!isDev && !INNGEST_EVENT_KEY?.trim()) return { isInngest: false, words: "Engine: embedded." };
  const devAddress = /^(1|true)$/i.test(dev) ? "http://localhost:8288" : dev;
  const at = INNGEST_BASE_URL?.trim() || (isDev ? devAddress : "");
  return { isInngest: true, words: `Engine: Inngest${at ? ` at ${at}` : " Cloud"}.` };
}
