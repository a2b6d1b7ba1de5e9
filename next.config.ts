import type { NextConfig } from "next";

const distDir = process.env.NEXT_DIST_DIR || ".next";

/**
 * What a pixel process needs where only traced files are deployed (Vercel): no import of ours leads there. The network
 * that finds subjects is left out: it is too large, and the built-in model runs in workers.
 */
const PIXEL_PROCESS = [
  "./.programs/*.cjs",
  ...["sharp", "@img", "detect-libc", "semver"].map((name) => `./node_modules/${name}/**/*`),
];

const NATIVE = ["sharp", "onnxruntime-node", "graphile-worker", "@node-rs/argon2", "postgres"];

/** Bundled, they took a quarter of a build (30 s, now 22), and the server started no faster. */
const LARGE = ["@vercel/blob", "drizzle-orm", "inngest", "nodemailer", "openai", "undici"];

const config: NextConfig = {
  distDir,
  // Pages of another version load themselves anew instead of calling what is not there any more.
  deploymentId: process.env.DEPLOYMENT_ID || undefined,
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // Our own thumbnails are served; the optimiser's decoders stay out of reach (docs/decisions/004).
  images: { unoptimized: true },
  serverExternalPackages: [...NATIVE, ...LARGE],
  outputFileTracingIncludes: { "/api/inngest": PIXEL_PROCESS },
  outputFileTracingExcludes: {
    "/*": [
      "./node_modules/onnxruntime-node/**/*",
      `./${distDir}/node_modules/onnxruntime-node-*`,
      `./${distDir}/server/chunks/*onnxruntime-node*`,
      "./lib/models/studio/network/**",
    ],
  },
  // What proxy.ts does not see (static files, unknown API paths) gets the plain headers here.
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
      ],
    },
  ],
  // `npm run dev` would print what actions are given, keys and passwords among it.
  logging: { serverFunctions: false },
  // `npm run check` does, before anything is built; who only wants to run it need not wait for it.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    serverActions: { bodySizeLimit: "1mb" },
    // All pages at once took 0.4 s of a start's 1 s of CPU, and made the first one 0.1 s quicker.
    preloadEntriesOnStart: false,
    // Writing it takes longer than it saves: a build from nothing is 37 s without it and 59 s with it (two busy cores).
    turbopackFileSystemCacheForBuild: false,
    // The server reads them in `npm run dev` only; a build writes 34 MB of them and takes 7 % longer.
    turbopackSourceMaps: process.env.NODE_ENV === "development",
  },
};

export default config;
