import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { picture } from "@/scripts/testing/hostile/pictures";
import { blackPng, GREY } from "@/scripts/testing/hostile/png-bytes";
import { hostileImages } from "@/scripts/testing/hostile-images";
import { PixelProcessDied } from "./failures";
import { createPixelPool } from "./pool";

const CAP = 700_000_000;
let folder: string;
/** Takes the decoder about a second. */
let slow: string;
let quick: string;
let pool = createPixelPool({ size: 0 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pool-"));
  slow = join(folder, "slow.png");
  quick = join(folder, "quick.jpg");
  await writeFile(slow, blackPng({ width: 10_000, height: 10_000, colour: GREY, interlaced: true }));
  await writeFile(quick, await picture().jpeg().toBuffer());
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => pool.close());

describe("the hostile set", () => {
  it("gets our own verdict file by file; no process dies and none goes over its cap", async () => {
    pool = createPixelPool({ size: 2, maxRssBytes: CAP });
    const before = await up(2);
    const jobs: Promise<void>[] = [];
    for await (const { name, bytes, expect: expected } of hostileImages()) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      jobs.push(
        pool.probe(path, work()).then((result) => {
          if (expected.ok)
            expect(result, name).toMatchObject({ ok: true, image: { notices: expected.notices } });
          else
            expect(
              !result.ok && expected.codes.includes(result.refusal.code),
              `${name}: ${JSON.stringify(result)}`,
            ).toBe(true);
        }),
      );
    }
    await Promise.all(jobs);
    expect(jobs.length).toBeGreaterThan(100);
    expect(pool.pids()).toEqual(before);
    if (process.platform !== "linux") return;
    for (const pid of before) expect(await peakRss(pid)).toBeLessThan(CAP);
  });
});

describe("a process that dies", () => {
  it("takes only its own job with it, and the pool goes on", async () => {
    pool = createPixelPool({ size: 2 });
    const [victim = 0] = await up(2);
    const folders = [work(), work()];
    const both = Promise.allSettled(folders.map((one) => pool.probe(slow, one)));
    await Promise.all(folders.map(started));
    const waiting = [pool.probe(quick, work()), pool.probe(quick, work()), pool.probe(quick, work())];
    process.kill(victim, "SIGKILL");
    const lost = (await both).filter(({ status }) => status === "rejected");
    expect(lost).toEqual([{ status: "rejected", reason: new PixelProcessDied("crashed") }]);
    for (const result of await Promise.all(waiting)) expect(result.ok).toBe(true);
    expect((await pool.probe(slow, work())).ok).toBe(true);
    expect(pool.pids()).not.toContain(victim);
  });

  it("of memory says so", async () => {
    pool = createPixelPool({ size: 1, maxRssBytes: 150_000_000 });
    await expect(pool.probe(slow, work())).rejects.toEqual(new PixelProcessDied("memory"));
    expect((await pool.probe(quick, work())).ok).toBe(true);
  });

  it("is ended at its deadline, stopped or not", async () => {
    pool = createPixelPool({ size: 1, probeMs: 3_000 });
    const [pid = 0] = await up(1);
    process.kill(pid, "SIGSTOP");
    await expect(pool.probe(quick, work())).rejects.toEqual(new PixelProcessDied("timeout"));
    expect((await pool.probe(quick, work())).ok).toBe(true);
  });
});

describe("the processes", () => {
  it("end when the one that started them is killed", async () => {
    const code = `import { createPixelPool } from ${JSON.stringify(new URL("pool.ts", import.meta.url).href)};
      const pool = createPixelPool({ size: 2 });
      while (pool.pids().length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      console.log(JSON.stringify(pool.pids()));`;
    const script = join(folder, "parent.mts");
    await writeFile(script, code);
    const parent = spawn(process.execPath, ["--import", "tsx", "-C", "react-server", script]);
    try {
      const [line] = await once(parent.stdout, "data");
      const pids: number[] = JSON.parse(String(line));
      expect(pids.filter(isAlive)).toHaveLength(2);
      parent.kill("SIGKILL");
      await expect.poll(() => pids.filter(isAlive)).toEqual([]);
    } finally {
      parent.kill("SIGKILL");
    }
  });

  it("are replaced when killed while idle", async () => {
    pool = createPixelPool({ size: 1 });
    const [pid = 0] = await up(1);
    process.kill(pid, "SIGKILL");
    await expect.poll(() => pool.pids().some((one) => one !== pid)).toBe(true);
    expect((await pool.probe(quick, work())).ok).toBe(true);
  });
});

describe("a job", () => {
  it("is given up when its signal fires, running or waiting", async () => {
    pool = createPixelPool({ size: 1 });
    const controller = new AbortController();
    const first = work();
    const given = Promise.allSettled([
      pool.probe(slow, first, { signal: controller.signal }),
      pool.probe(quick, work(), { signal: controller.signal }),
    ]);
    const unrelated = pool.probe(quick, work());
    await started(first);
    const reason = new Error("cancelled");
    controller.abort(reason);
    expect(await given).toEqual([
      { status: "rejected", reason },
      { status: "rejected", reason },
    ]);
    expect((await unrelated).ok).toBe(true);
    await expect(pool.probe(quick, work(), { signal: controller.signal })).rejects.toThrow("cancelled");
  });

  it("of a large picture waits until it has the memory to itself", async () => {
    pool = createPixelPool({ size: 2, budgetBytes: 60_000_000 });
    await up(2);
    const order: string[] = [];
    const done = (name: string) => () => order.push(name);
    await Promise.all([
      pool.probe(slow, work()).then(done("first slow")),
      pool.probe(slow, work()).then(done("second slow")),
      pool.probe(quick, work()).then(done("quick")),
    ]);
    expect(order).toEqual(["first slow", "second slow", "quick"]);
  });

  it("on a file that is gone fails with the system's code", async () => {
    pool = createPixelPool({ size: 1 });
    await expect(pool.probe(join(folder, "gone.jpg"), work())).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("whose folder cannot be written fails with the system's code, and the picture is not blamed", async () => {
    pool = createPixelPool({ size: 1 });
    await expect(pool.probe(quick, join(quick, "below-a-file"))).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it("is rejected when the pool closes", async () => {
    pool = createPixelPool({ size: 1 });
    const first = work();
    const outcomes = Promise.allSettled([pool.probe(slow, first), pool.probe(slow, work())]);
    await started(first);
    await pool.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(pool.probe(quick, work())).rejects.toThrow("shut down");
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

let works = 0;
function work(): string {
  works += 1;
  return join(folder, `work-${works}`);
}

async function up(count: number): Promise<number[]> {
  await expect.poll(() => pool.pids()).toHaveLength(count);
  return pool.pids();
}

/** Probing makes its folder before it decodes. */
async function started(folderOfJob: string): Promise<void> {
  while (!existsSync(folderOfJob)) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** High-water mark of resident memory, bytes (proc(5)). */
async function peakRss(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024;
}
