import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scopesOf, withAddresses } from "./addresses.mjs";
import { PROJECT } from "./settings.mjs";

describe("withAddresses", () => {
  const integrity = "sha512-x";
  const lock = {
    packages: {
      "": { name: "app", version: "1.0.0" },
      "node_modules/plain": { version: "1.2.3", integrity },
      "node_modules/@acme/tool": { version: "2.0.0-rc.1", integrity },
      "node_modules/@other/part/node_modules/plain": { version: "0.9.0", integrity },
      "node_modules/plain/node_modules/stand-in": { version: "3.0.0", integrity, name: "@other/real" },
      "node_modules/plain/node_modules/inside": { version: "1.0.0", integrity, inBundle: true },
      "node_modules/from-git": { version: "1.0.0", resolved: "git+ssh://git@example.com/it.git#1" },
      "node_modules/of-a-folder": { resolved: "packages/it", link: true },
    },
  };

  it("adds the address to whatever a registry has, and to nothing else", () => {
    const { packages } = withAddresses(lock, {
      "": "https://one.example/npm/",
      "@acme": "https://two.example",
    });
    expect(Object.entries(packages).map(([path, { resolved }]) => [path, resolved])).toEqual([
      ["", undefined],
      ["node_modules/plain", "https://one.example/npm/plain/-/plain-1.2.3.tgz"],
      ["node_modules/@acme/tool", "https://two.example/@acme/tool/-/tool-2.0.0-rc.1.tgz"],
      ["node_modules/@other/part/node_modules/plain", "https://one.example/npm/plain/-/plain-0.9.0.tgz"],
      ["node_modules/plain/node_modules/stand-in", "https://one.example/npm/@other/real/-/real-3.0.0.tgz"],
      ["node_modules/plain/node_modules/inside", undefined],
      ["node_modules/from-git", "git+ssh://git@example.com/it.git#1"],
      ["node_modules/of-a-folder", "packages/it"],
    ]);
    expect(packages["node_modules/plain"]).toMatchObject(lock.packages["node_modules/plain"]);
  });

  it("is asked for the registries of all scopes it meets", () => {
    expect(scopesOf(lock)).toEqual(["@acme", "@other"]);
  });
});

describe("npm, run for a lock without addresses", () => {
  let root: string;
  let registry: Server;
  let asked: string[];
  /** What the registry has, by path. */
  let has: Record<string, Buffer>;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "contact-sheet-install-"));
    asked = [];
    has = {};
    registry = createServer(({ url = "" }, response) => {
      asked.push(url);
      const found = has[decodeURIComponent(url)];
      response.writeHead(found ? 200 : 404).end(found);
    });
    await once(registry.listen(0, "127.0.0.1"), "listening");
  });
  afterEach(() => {
    registry.close();
    rmSync(root, { recursive: true });
  });

  it("fetches each package from its registry without asking about it first", async () => {
    offer("", "plain", "/plain/-/plain-1.0.0.tgz");
    offer("/acme", "@acme/tool", "/acme/@acme/tool/-/tool-1.0.0.tgz");
    expect(await install(["plain", "@acme/tool"])).toBe(0);
    expect(asked.toSorted()).toEqual(["/acme/@acme/tool/-/tool-1.0.0.tgz", "/plain/-/plain-1.0.0.tgz"]);
    expectInstalled(["plain", "@acme/tool"]);
  });

  it("asks about them after all when the registry keeps them at other addresses", async () => {
    offer("", "plain", "/plain/-/plain-1.0.0.tgz");
    offer("/acme", "@acme/tool", "/acme/files/4711.tgz");
    expect(await install(["plain", "@acme/tool"])).toBe(0);
    expect(asked).toContain("/acme/files/4711.tgz");
    expectInstalled(["plain", "@acme/tool"]);
  });

  function offer(prefix: string, name: string, path: string) {
    const { port } = registry.address() as AddressInfo;
    const tarball = packed({ name, version: "1.0.0" });
    has[path] = tarball;
    const dist = { tarball: `http://127.0.0.1:${port}${path}`, integrity: integrityOf(tarball) };
    has[`${prefix}/${name}`] = Buffer.from(
      JSON.stringify({ name, versions: { "1.0.0": { name, version: "1.0.0", dist } } }),
    );
  }

  /** Installs these in a project of its own; the code it ended with. */
  async function install(names: string[]): Promise<number> {
    const { port } = registry.address() as AddressInfo;
    cpSync(join(PROJECT, "scripts"), join(root, "scripts"), { recursive: true });
    const address = `http://127.0.0.1:${port}`;
    write(
      ".npmrc",
      `registry=${address}/\n@acme:registry=${address}/acme/\nomit-lockfile-registry-resolved=true`,
    );
    const dependencies = Object.fromEntries(names.map((name) => [name, "1.0.0"]));
    const project = { name: "app", version: "1.0.0", type: "module", dependencies };
    write("package.json", JSON.stringify(project));
    const locked = names.map((name) => {
      const integrity = integrityOf(packed({ name, version: "1.0.0" }));
      return [`node_modules/${name}`, { version: "1.0.0", integrity }];
    });
    const packages = { "": project, ...Object.fromEntries(locked) };
    write("package-lock.json", JSON.stringify({ ...project, lockfileVersion: 3, requires: true, packages }));
    write(
      "run.mjs",
      `import { ensurePackages } from "./scripts/start/install.mjs";
      await ensurePackages({ logFile: "install.log" });`,
    );
    const env = { ...process.env };
    for (const name of Object.keys(env)) if (/^npm_config_/i.test(name)) delete env[name];
    const child = spawn(process.execPath, ["run.mjs"], {
      cwd: root,
      env: { ...env, npm_config_cache: join(root, "cache") },
    });
    const [code] = await once(child, "close");
    return code;
  }

  function expectInstalled(names: string[]) {
    for (const name of names) {
      const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));
      expect(version).toBe("1.0.0");
    }
    expect(existsSync(join(root, "npm-shrinkwrap.json"))).toBe(false);
    expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toContain("resolved");
  }

  function write(path: string, content: string) {
    writeFileSync(join(root, path), content);
  }
});

const integrityOf = (bytes: Buffer) => `sha512-${createHash("sha512").update(bytes).digest("base64")}`;

/** A package as registries keep it: a tar of `package/package.json`, compressed (ustar, POSIX.1-1988). */
function packed(manifest: { name: string; version: string }): Buffer {
  const content = Buffer.from(JSON.stringify(manifest));
  const header = Buffer.alloc(512);
  header.write("package/package.json", 0);
  header.write("0000644\0", 100);
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        0", 148);
  header.write("ustar\x0000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return gzipSync(Buffer.concat([header, content, Buffer.alloc(1536 - content.length)]));
}
