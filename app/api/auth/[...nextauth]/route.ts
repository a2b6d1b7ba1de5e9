import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { publicRoute } from "@/lib/route";

const handle = publicRoute<{ nextauth: string[] }>(async ({ request, params }) => {
  const cookies: string[] = [];
  const options = authOptions(request.headers, (line) => cookies.push(line));
  const asked = request instanceof NextRequest ? request : new NextRequest(request);
  const answer: Response = await NextAuth(asked, { params }, options);
  for (const line of cookies) answer.headers.append("Set-Cookie", line);
  return answer;
});

export { handle as GET, handle as POST };
