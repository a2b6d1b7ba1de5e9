/**
 * The Content-Security-Policy of a page (R77). Scripts run by nonce only. Styles may be inline: React writes style
 * attributes, and dialogs add a style element of their own to lock the scroll.
 */
export function contentSecurityPolicy(given: {
  nonce: string;
  /** Whether the public address is https. */
  secure: boolean;
  /** React's development build evaluates code, and reloads over a WebSocket. */
  development?: boolean;
  /** Where files are sent that do not come through the app. */
  uploads?: string | null;
}): string {
  const { nonce, secure, development = false, uploads } = given;
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self'${uploads ? ` ${uploads}` : ""}${development ? " ws: wss:" : ""}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}
