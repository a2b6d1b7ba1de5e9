import type { NextConfig } from "next";

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR || ".next",
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // Our own thumbnails are served; the optimiser's decoders stay out of reach (docs/decisions).
  images: { unoptimized: true },
  serverExternalPackages: ["sharp", "onnxruntime-node", "graphile-worker", "@node-rs/argon2", "postgres"],
  experimental: { serverActions: { bodySizeLimit: "1mb" } },
};

export default config;
