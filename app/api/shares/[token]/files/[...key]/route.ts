import { shareRoute } from "@/lib/shares/route";
import { serveSharedFile } from "@/lib/shares/serve-file";

export const GET = shareRoute(({ request, params, share }) =>
  serveSharedFile({ request, share, key: params.key ?? [] }),
);
