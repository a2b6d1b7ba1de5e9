/** The process answers. Says nothing about what it depends on; /api/ready does. */
export function GET() {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
}
