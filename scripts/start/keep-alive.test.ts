import { expect, it } from "vitest";
import { keepAlive } from "./keep-alive.mjs";

const BACKOFF = { firstMs: 10, longestMs: 40, settledMs: 60_000 };

/** A process that lives until told to die. */
function mortal() {
  const { promise: exited, resolve: die } = withResolvers();
  const stopped: number[] = [];
  return {
    die,
    stopped,
    running: {
      pid: 1,
      exited,
      stop: async (graceMs: number) => {
        stopped.push(graceMs);
        die("SIGTERM");
      },
    },
  };
}

// Promise.withResolvers came after Node 20.
function withResolvers() {
  let resolve: (how: string) => void = () => {};
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

it("starts again what dies, waiting twice as long each time up to a limit", async () => {
  const said: string[] = [];
  const pids: (number | undefined)[] = [];
  let lives = 0;
  const kept = keepAlive({
    name: "worker",
    backoff: BACKOFF,
    say: (line) => void said.push(line),
    onPid: (pid) => void pids.push(pid),
    start: async () => {
      lives += 1;
      if (lives === 2) throw new Error("no memory");
      const { running, die } = mortal();
      if (lives < 5) die("exit code 1");
      return { ...running, pid: lives };
    },
  });
  while (lives < 5) await new Promise((tick) => setTimeout(tick, 1));
  await kept.stop(5);
  expect(said).toEqual([
    "The worker stopped (exit code 1). Starting it again in 0.01 s.",
    "The worker stopped (no memory). Starting it again in 0.02 s.",
    "The worker stopped (exit code 1). Starting it again in 0.04 s.",
    "The worker stopped (exit code 1). Starting it again in 0.04 s.",
  ]);
  expect(pids).toEqual([1, undefined, 3, undefined, 4, undefined, 5, undefined]);
  expect(kept.deaths()).toBe(4);
});

it("counts from the beginning once a life was long enough", async () => {
  const said: string[] = [];
  let lives = 0;
  const kept = keepAlive({
    name: "worker",
    backoff: { ...BACKOFF, settledMs: 0 },
    say: (line) => void said.push(line),
    start: async () => {
      lives += 1;
      const { running, die } = mortal();
      if (lives < 4) die("exit code 1");
      return running;
    },
  });
  while (lives < 4) await new Promise((tick) => setTimeout(tick, 1));
  await kept.stop(0);
  expect(new Set(said)).toEqual(new Set(["The worker stopped (exit code 1). Starting it again in 0.01 s."]));
});

it("stops for good what it was told to stop, also while it was waiting to start it again", async () => {
  const living = mortal();
  const kept = keepAlive({ name: "web", say: () => {}, start: async () => living.running });
  await new Promise((tick) => setTimeout(tick, 5));
  await kept.stop(30_000);
  expect(living.stopped).toEqual([30_000]);

  let starts = 0;
  const { promise: said, resolve: hear } = withResolvers();
  const dying = keepAlive({
    name: "web",
    say: hear,
    start: async () => {
      starts += 1;
      throw new Error("gone");
    },
  });
  await said;
  await dying.stop(30_000);
  expect(starts).toBe(1);
});

it("restarts at once and silently when asked to", async () => {
  const lives = [mortal(), mortal()];
  const said: string[] = [];
  let starts = 0;
  const kept = keepAlive({
    name: "web",
    say: (line) => void said.push(line),
    start: async () => lives[starts++]?.running ?? mortal().running,
  });
  await new Promise((tick) => setTimeout(tick, 5));
  await kept.restart();
  while (starts < 2) await new Promise((tick) => setTimeout(tick, 1));
  expect(said).toEqual([]);
  expect(kept.deaths()).toBe(0);
  await kept.stop(0);
});
