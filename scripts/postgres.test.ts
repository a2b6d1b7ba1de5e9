import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { copyNative, packageNative } from "./postgres/native.mjs";
import { startPostgres } from "./postgres.mjs";
import { isAlive, waitForExit } from "./processes.mjs";
import { giveCluster } from "./testing/given-cluster.mjs";

// Real databases and processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const isRoot = process.getuid?.() === 0;
let dataDir: string;
const running: Awaited<ReturnType<typeof startPostgres>>[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "contact-sheet-pg-"));
  chmodSync(dataDir, 0o755);
});
afterEach(async () => {
  // What `onTestFinished` is told comes after this, and a server that lives writes into the folder meanwhile.
  for (const server of running.splice(0).reverse()) {
    await server.stop();
    server.remove();
  }
  rmSync(dataDir, { recursive: true, force: true });
});

async function boot(folder = dataDir) {
  const server = await startPostgres({ dataDir: folder, durable: false });
  running.push(server);
  return server;
}

async function ask(url: string, query: string) {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    return await client.unsafe(query);
  } finally {
    await client.end();
  }
}

/** A Postgres whose parent has been killed. */
async function orphan({ durable = false } = {}) {
  const code = `
    const { startPostgres } = await import(${JSON.stringify(join(process.cwd(), "scripts/postgres.mjs"))});
    const { pid, url } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: ${durable} });
    console.log(JSON.stringify({ pid, url }));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: parent.stdout }), "line");
  parent.kill("SIGKILL");
  await once(parent, "exit");
  const { pid, url }: { pid: number; url: string } = JSON.parse(String(line));
  return { pid, url };
}

describe("startPostgres", () => {
  it("keeps its data, port and password over a stop, and lets nobody in without the password", async () => {
    const first = await startPostgres({ dataDir, durable: false });
    await ask(first.url, "create table kept (n int); insert into kept values (7)");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await boot();
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, "select n from kept")).toMatchObject([{ n: 7 }]);
    expect(await ask(second.url, "select current_setting('listen_addresses') as at")).toMatchObject([
      { at: "127.0.0.1" },
    ]);
    const wrong = new URL(second.url);
    wrong.password = "guess";
    await expect(ask(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
    expect(statSync(join(dataDir, "postgres", "contact-sheet.password")).mode & 0o077).toBe(0);
  });

  it("is durable unless told otherwise", async () => {
    const server = await startPostgres({ dataDir });
    running.push(server);
    expect(await ask(server.url, "select current_setting('fsync') as fsync")).toMatchObject([
      { fsync: "on" },
    ]);
  });

  it("takes over the server that a killed parent left running", async () => {
    giveCluster(dataDir);
    const left = await orphan();
    await ask(left.url, "create table kept (n int)");
    const server = await boot();
    expect(server.pid).toBe(left.pid);
    expect(await ask(server.url, "select count(*)::int as n from kept")).toMatchObject([{ n: 0 }]);
  });

  it("waits, and says so, for a server that is alive but does not answer yet", async () => {
    giveCluster(dataDir);
    const left = await orphan();
    process.kill(left.pid, "SIGSTOP");
    const server = await startPostgres({
      dataDir,
      log: (line) => {
        expect(line).toMatch(/still starting or stopping/);
        process.kill(left.pid, "SIGCONT");
      },
    });
    running.push(server);
    expect(server.pid).toBe(left.pid);
  });

  it("starts again after the server itself was killed, and says when it dies", async () => {
    const left = await orphan({ durable: true });
    await ask(left.url, "create table kept (n int)");
    process.kill(left.pid, "SIGKILL");
    const server = await boot();
    expect(server.pid).not.toBe(left.pid);
    await ask(server.url, "select 1 from kept");
    const died = new Promise<void>((settle) => server.onExit(settle));
    process.kill(server.pid, "SIGKILL");
    await died;
  });

  it("removes a stale pid file, also when a stranger has that process id by now", async () => {
    giveCluster(dataDir);
    const first = await startPostgres({ dataDir, durable: false });
    const pidFile = join(dataDir, "postgres", "postmaster.pid");
    const lines = readFileSync(pidFile, "utf8").split("\n");
    await first.stop();
    const stranger = spawn("sleep", ["60"]);
    onTestFinished(() => void stranger.kill("SIGKILL"));
    writeFileSync(pidFile, [String(stranger.pid), ...lines.slice(1)].join("\n"));
    const server = await boot();
    expect(server.pid).not.toBe(stranger.pid);
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
  });

  it("refuses a folder without PG_VERSION and one of another major version, and changes nothing", async () => {
    const data = join(dataDir, "postgres");
    mkdirSync(data);
    writeFileSync(join(data, "some-file"), "kept");
    await expect(startPostgres({ dataDir })).rejects.toThrow(/not whole: it has no readable PG_VERSION/);
    writeFileSync(join(data, "PG_VERSION"), "9.6\n");
    await expect(startPostgres({ dataDir })).rejects.toThrow(/made by Postgres 9.6/);
    expect(readdirSync(data).sort()).toEqual(["PG_VERSION", "some-file"]);
  });

  it("never takes a half-made cluster for a whole one", async () => {
    const half = join(dataDir, "postgres.new-1");
    mkdirSync(half);
    writeFileSync(join(half, "PG_VERSION"), "18\n");
    const server = await boot();
    expect(await ask(server.url, "select 1 as n")).toMatchObject([{ n: 1 }]);
    expect(existsSync(half)).toBe(false);
  });

  it("works for root in a folder only root may enter", async ({ skip }) => {
    skip(!isRoot, "only root lends Postgres another account");
    chmodSync(dataDir, 0o700);
    const inside = join(dataDir, "project", ".data");
    mkdirSync(inside, { recursive: true });
    const first = await startPostgres({ dataDir: inside, durable: false });
    expect(first.home.startsWith(dataDir)).toBe(false);
    await ask(first.url, "create table kept (n int)");
    await first.stop();
    const second = await boot(inside);
    expect(second.home).toBe(first.home);
    await ask(second.url, "select * from kept");
  });

  it.skipIf(!isRoot)(
    "gives a copy of such a project a database of its own (skipped: needs root)",
    async () => {
      chmodSync(dataDir, 0o700);
      const [original, copy] = [join(dataDir, "a"), join(dataDir, "b")];
      mkdirSync(original);
      const first = await boot(original);
      cpSync(original, copy, { recursive: true });
      const second = await boot(copy);
      expect(second.home).not.toBe(first.home);
    },
  );
});

describe("copyNative", () => {
  it("completes the library links that a blocked install script did not make, and is open to every account", async () => {
    const shipped = packageNative();
    const bare = join(dataDir, "linux-x64", "native");
    cpSync(join(shipped, "..", "package.json"), join(bare, "..", "package.json"));
    cpSync(shipped, bare, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    const copy = copyNative(bare, join(dataDir, "copies"));
    expect(statSync(join(copy, "bin")).mode & 0o777).toBe(0o755);
    expect(statSync(join(copy, "share", "postgresql", "postgres.bki")).mode & 0o444).toBe(0o444);
    expect(readdirSync(join(copy, "lib")).sort()).toEqual(readdirSync(join(shipped, "lib")).sort());
    const child = spawn(join(copy, "bin", "postgres"), ["--version"], { stdio: "ignore" });
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(await waitForExit(child.pid ?? 0, 1_000)).toBe(true);
  });
});
