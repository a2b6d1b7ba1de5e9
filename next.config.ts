import type { NextConfig } from "next";

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR || ".next",
  // Pages of another version load themselves anew instead of calling what is not there any more.
  deploymentId: process.env.DEPLOYMENT_ID || undefined,
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // Our own thumbnails are served; the optimiser's decoders stay out of reach (docs/decisions/004).
  images: { unoptimized: true },
  serverExternalPackages: ["sharp", "onnxruntime-node", "graphile-worker", "@node-rs/argon2", "postgres"],
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
  experimental: { serverActions: { bodySizeLimit: "1mb" } },
};

export default config;
