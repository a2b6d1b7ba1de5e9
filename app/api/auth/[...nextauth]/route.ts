import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { publicRoute } from "@/lib/route";

const handle = publicRoute<{ nextauth: string[] }>(({ request, params }) =>
  NextAuth(
    request instanceof NextRequest ? request : new NextRequest(request),
    { params },
    authOptions(request.headers),
  ),
);

export { handle as GET, handle as POST };
