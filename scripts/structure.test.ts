import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { lockProblems } from "./check-lock.mjs";
import { structureProblems } from "./structure.mjs";
import { unusedThings } from "./unused.mjs";

function project(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "contact-sheet-structure-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const problemsOf = (files: Record<string, string>) => structureProblems(project(files));

const SOUND = {
  "db/index.ts": "export const db = 1;",
  "db/schema/users.ts": 'import type { Kind } from "@/lib/users/types";\nexport const users = 1;',
  "lib/users/types.ts": 'import type { users } from "@/db/schema/users";\nexport type Kind = typeof users;',
  "lib/users/queries.ts":
    'import "server-only";\nimport { db } from "@/db";\nexport const listUsers = () => db;',
  "lib/users/actions.ts": '"use server";\nimport { send } from "@/inngest/client";\nexport const act = send;',
  "inngest/client.ts": "export const send = 1;",
  "app/users/[userId]/page.tsx":
    'import { listUsers } from "@/lib/users/queries";\nexport default listUsers;',
};

it("finds nothing in a sound project, types that refer to each other included", () => {
  expect(problemsOf(SOUND)).toEqual([]);
});

it.each([
  ["lib/users/helpers.ts", "export const a = 1;", "says nothing"],
  ["lib/users/query.ts", "export const a = 1;", 'is called "queries" here'],
  ["components/users/UserCard.tsx", "export const a = 1;", "kebab-case"],
  ["components/users/index.ts", "export const a = 1;", "index file"],
  ["components/users/all.ts", 'export { a } from "./card";\nexport * from "./list";', "barrel"],
  ["components/users/card.tsx", 'import { db } from "@/db";', "components may not import db/index.ts"],
  [
    "lib/users/names.ts",
    'import {\n  a,\n  db,\n} from "../../db";',
    "only queries and mutations touch the database",
  ],
  ["lib/users/status.ts", 'import { a } from "@/app/users/[userId]/page";', "lib may not import app"],
  ["lib/users/shape.ts", 'import sharp from "sharp";', "imports sharp, which belongs to lib/images"],
  ["lib/users/mutations.ts", "export const a = 1;", 'import "server-only"'],
  ["lib/users/save.ts", '"use server";', "only in lib/<noun>/actions.ts"],
  [
    "db/columns.ts",
    'import { listUsers } from "@/lib/users/queries";',
    "db may not import lib/users/queries.ts",
  ],
  [
    "inngest/functions/run.ts",
    'export { a } from "@/components/users/card";\nconst a = 1;',
    "inngest may not import components/users/card.tsx",
  ],
  ["lib/users/long.ts", "export const a = 1;\n".repeat(301), "has 301 lines"],
])("catches %s", (path, text, words) => {
  const problems = problemsOf({ ...SOUND, "components/users/card.tsx": "export const a = 1;", [path]: text });
  expect(problems.join("\n")).toMatch(words);
});

it("catches a circle of imports over three files", () => {
  const circle = problemsOf({
    "lib/a/one.ts": 'import { two } from "./two";\nexport const one = two;',
    "lib/a/two.ts": 'import { three } from "@/lib/a/three";\nexport const two = three;',
    "lib/a/three.ts": 'import { one } from "./one";\nexport const three = () => one;',
  });
  expect(circle).toEqual([
    "a circle of imports: lib/a/one.ts -> lib/a/two.ts -> lib/a/three.ts -> lib/a/one.ts",
  ]);
});

it("catches a lockfile with a missing platform, an address, or a version with a known hole", () => {
  const sound = {
    "": {},
    "node_modules/next": { version: "16.4.5" },
    "node_modules/react": { version: "20.0.0" },
  };
  expect(lockProblems(sound)).toEqual([]);
  const broken = lockProblems({
    "node_modules/next": { version: "16.4.4", optionalDependencies: { "@next/swc-darwin-arm64": "16.4.4" } },
    "node_modules/clsx": { version: "2.1.1", resolved: "https://registry.example/clsx.tgz" },
  });
  expect(broken).toHaveLength(3);
  expect(broken.join("\n")).toMatch(/swc-darwin-arm64 is missing[\s\S]*16\.4\.4 is below[\s\S]*names where/);
});

it("finds files, exports and packages that nothing uses", () => {
  const root = project({
    "package.json": JSON.stringify({ dependencies: { clsx: "1", zod: "1" } }),
    "app/page.tsx":
      'import { used as shown, type Kind } from "@/lib/a/used";\nimport z from "zod";\nexport default shown;',
    "lib/a/used.ts": "export const used = 1;\nexport const spare = 2;\nexport type Kind = 1;",
    "lib/a/alone.ts": "export const alone = 1;",
    "lib/a/child.ts": "export {};",
    "lib/a/later.ts": 'export const later = () => new URL("./child.ts", import.meta.url);',
    "app/layout.tsx": 'export const load = () => import("@/lib/a/later");',
  });
  expect(unusedThings(root)).toEqual([
    "lib/a/alone.ts: nobody imports this file",
    "lib/a/used.ts: nobody imports spare",
    "package.json: nothing uses clsx",
  ]);
});
