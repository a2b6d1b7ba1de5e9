import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { allDead, holdPort, type StandIn, standInProject, until } from "./testing/stand-in-project";

// Real databases and processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let project: StandIn;
beforeAll(async () => {
  project = await standInProject();
});
afterAll(() => project.remove());

const everyPid = () => Object.values(project.run()).filter((pid) => pid > 0);
const READY = "Contact Sheet is ready";

function workerEnv(): Record<string, string> {
  return JSON.parse(readFileSync(join(project.dataDir, "worker.env.json"), "utf8"));
}

describe("npm start", () => {
  it("tells an old Node what is needed", async () => {
    const old = "data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'20.8.1'}})";
    const one = project.start({ env: { NODE_OPTIONS: `--import=${old}` } });
    expect(await one.exited).toBe(1);
    expect(one.output()).toMatch(/needs Node 20\.9 or newer; this is Node 20\.8\.1/);
  });

  it("refuses a PORT that is none and an unknown WORKER, by name", async () => {
    const port = project.start({ env: { PORT: "eighty" } });
    expect(await port.exited).toBe(1);
    expect(port.output()).toMatch(/PORT is "eighty".*1 to 65535/);
    const worker = project.start({ env: { WORKER: "yes" } });
    expect(await worker.exited).toBe(1);
    expect(worker.output()).toMatch(/WORKER is "yes"\. It can be separate, inline or off/);
  });

  it("says which port is taken and what to do, before it makes anything", async () => {
    const held = await holdPort(project.port);
    const one = project.start();
    expect(await one.exited).toBe(1);
    held.close();
    expect(one.output()).toContain(`Port ${project.port} is taken`);
    expect(one.output()).toContain(`PORT=${project.port + 1} npm start`);
    expect(existsSync(project.dataDir)).toBe(false);
  });

  it("says that .data is a file and leaves it alone", async () => {
    writeFileSync(project.dataDir, "mine");
    const one = project.start();
    expect(await one.exited).toBe(1);
    expect(one.output()).toMatch(/\.data is a file.*DATA_DIR=/s);
    expect(readFileSync(project.dataDir, "utf8")).toBe("mine");
    const other = project.start({
      env: { DATA_DIR: join(project.root, "other"), NEXTAUTH_URL: "not an address" },
    });
    expect(await other.exited).toBe(1);
    expect(other.output()).toMatch(/NEXTAUTH_URL: expected/);
  });

  it("starts, prints a one-time owner link that the database knows by its hash, and stops in order on SIGTERM", async () => {
    rmSync(project.dataDir);
    const one = project.start();
    await one.says("/owner-link?token=");
    const token = /token=([\w-]{43})/.exec(one.output())?.[1] ?? "";
    await until(() => existsSync(join(project.dataDir, "worker.env.json")));
    const env = workerEnv();
    expect(env).toMatchObject({
      NODE_ENV: "production",
      DATA_DIR: project.dataDir,
      WORKER: "separate",
      HOST: "127.0.0.1",
    });
    expect(statSync(join(project.dataDir, "secrets.json")).mode & 0o077).toBe(0);

    const client = postgres(env.DATABASE_URL ?? "", { max: 1 });
    const [row] = await client`
      select expires_at <= now() + interval '10 minutes' as short, used_at from owner_links
      where token_hash = encode(sha256(${token}::bytea), 'hex')`;
    await client.end();
    expect(row).toEqual({ short: true, used_at: null });

    const pids = everyPid();
    expect(pids).toHaveLength(4);
    one.child.kill("SIGTERM");
    expect(await one.exited).toBe(0);
    expect(allDead(pids)).toBe(true);
    expect(existsSync(join(project.dataDir, "run.json"))).toBe(false);
  });

  it("refuses a second start on the same data, and lets a further worker join", async () => {
    const one = project.start();
    await one.says(READY);
    const second = project.start();
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(/already runs on this data \(process \d+\): http:\/\/localhost:/);

    const url = workerEnv().DATABASE_URL;
    const guest = project.start({ args: ["--worker-only"] });
    await guest.says("The worker runs.");
    expect(workerEnv().DATABASE_URL).toBe(url);
    guest.child.kill("SIGINT");
    expect(await guest.exited).toBe(0);
    const { postgres: server } = project.run();
    expect(allDead([server])).toBe(false);
    one.child.kill("SIGINT");
    expect(await one.exited).toBe(0);
  });

  it("runs no worker of its own with WORKER=off, and reads .env without overriding what is set", async () => {
    writeFileSync(
      join(project.root, ".env"),
      `# settings\nWORKER=off\nPORT=1\nNEXTAUTH_URL="http://127.0.0.1:1" # quoted\n`,
    );
    const one = project.start();
    await one.says("Contact Sheet is ready: http://127.0.0.1:1\n");
    expect(project.run().worker).toBe(0);
    expect(project.run().web).toBeGreaterThan(0);
    one.child.kill("SIGTERM");
    expect(await one.exited).toBe(0);
    rmSync(join(project.root, ".env"));
  });

  it("brings back web, worker and database after each was killed", async () => {
    const one = project.start();
    await one.says(READY);
    const before = project.run();
    for (const pid of [before.web, before.worker, before.postgres]) process.kill(pid, "SIGKILL");
    await until(() => {
      const { web, worker, postgres: server } = project.run();
      return (
        [web, worker, server].every((pid) => pid > 0) &&
        web !== before.web &&
        worker !== before.worker &&
        server !== before.postgres
      );
    });
    await until(async () => (await answer()) === String(project.run().web));
    expect(one.output()).toMatch(/The worker stopped \(SIGKILL\)\. Starting it again in 1 s\./);
    one.child.kill("SIGTERM");
    expect(await one.exited).toBe(0);
  });

  it("starts after the supervisor was killed, on the same data, without leftovers", async () => {
    const one = project.start();
    await one.says(READY);
    const before = project.run();
    one.child.kill("SIGKILL");
    await one.exited;
    const two = project.start();
    await two.says(READY);
    const after = project.run();
    expect(allDead([before.web, before.worker])).toBe(true);
    expect(after.postgres).toBe(before.postgres);
    two.child.kill("SIGTERM");
    expect(await two.exited).toBe(0);
    expect(allDead([after.postgres, after.web, after.worker])).toBe(true);
  });

  it("web and worker end by themselves when the supervisor was killed and nothing starts again", async () => {
    const one = project.start();
    await one.says(READY);
    const { web, worker } = project.run();
    one.child.kill("SIGKILL");
    await until(() => allDead([web, worker]));
  });

  it("lets one of two starts at the same moment win, also over what a killed one left", async () => {
    const both = [project.start(), project.start()];
    const lost = await Promise.race(both.map(async (one) => ((await one.exited) === 1 ? one : undefined)));
    expect(lost?.output()).toMatch(/already runs on this data|is taken/);
    const winner = both.find((one) => one !== lost);
    await winner?.says(READY);
    winner?.child.kill("SIGTERM");
    expect(await winner?.exited).toBe(0);
  });

  it("notices a package that is gone, and says what to do when it cannot be installed", async () => {
    rmSync(join(project.root, "node_modules/.contact-sheet.json"));
    rmSync(join(project.root, "node_modules/zod"));
    const one = project.start();
    expect(await one.exited).toBe(1);
    expect(one.output()).toMatch(
      /could not be installed\. What is there already was kept\.\nCheck the connection/,
    );
    expect(existsSync(join(project.root, "node_modules/postgres"))).toBe(true);
  });
});

async function answer() {
  return fetch(`http://127.0.0.1:${project.port}/`)
    .then((reply) => reply.text())
    .catch(() => "");
}
