import { startApp } from "@/e2e/app";

const MUST_SECONDS = 5;

/** DESIGN.md section 11: from the second `npm start` to its first page. */
export async function run() {
  const first = await startApp();
  await first.stop();
  const started = performance.now();
  const second = await startApp({ dataDir: first.dataDir });
  const page = await fetch(`${second.address}/sign-in`);
  await page.text();
  const seconds = (performance.now() - started) / 1_000;
  await second.stop();
  second.clean();
  if (!page.ok) throw new Error(`the first page answered ${page.status}`);
  return [
    {
      figure: `${seconds.toFixed(1)} s to the first page`,
      reference: `${MUST_SECONDS} s`,
      ratio: seconds / MUST_SECONDS,
      must: "<= 1",
    },
  ];
}
