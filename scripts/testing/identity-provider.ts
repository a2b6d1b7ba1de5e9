import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** Who signs in at the provider next. */
export type ProviderPerson = { id: number; name: string; email: string; verified: boolean };

/**
 * Speaks the parts of GitHub's OAuth and of Google's OpenID Connect that sign-in uses, over real HTTP: codes are
 * single use, PKCE and the client's secret are checked, and id tokens are signed.
 */
export async function startIdentityProvider(person: ProviderPerson) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map<string, URLSearchParams>();
  const state = { person, url: "" };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", state.url);
    if (/\/authorize$/.test(url.pathname)) {
      const code = randomUUID();
      codes.set(code, url.searchParams);
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", url.searchParams.get("state") ?? "");
      return response.writeHead(302, { location: back.href }).end();
    }
    const answer = await answerTo(request, url);
    response.writeHead(answer ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { error: "invalid_grant" }));
  });

  async function answerTo(request: IncomingMessage, url: URL) {
    const signedIn = request.headers.authorization === "Bearer token-1";
    switch (url.pathname) {
      case "/login/oauth/access_token":
        return (await redeem(request)) && { access_token: "token-1", token_type: "bearer" };
      case "/user":
        return (
          signedIn && {
            id: state.person.id,
            login: "octo",
            name: state.person.name,
            email: "public@x.example",
          }
        );
      case "/user/emails":
        return (
          signedIn && [
            { email: "second@x.example", primary: false, verified: true },
            { email: state.person.email, primary: true, verified: state.person.verified },
          ]
        );
      case "/.well-known/openid-configuration":
        return discovery(state.url);
      case "/jwks":
        return { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] };
      case "/token": {
        const asked = await redeem(request);
        if (!asked) return null;
        return {
          access_token: "token-1",
          token_type: "Bearer",
          id_token: idToken(asked.get("client_id") ?? ""),
        };
      }
      default:
        return null;
    }
  }

  async function redeem(request: IncomingMessage): Promise<URLSearchParams | null> {
    const body = new URLSearchParams(await text(request));
    const asked = codes.get(body.get("code") ?? "");
    codes.delete(body.get("code") ?? "");
    const basic = Buffer.from(
      request.headers.authorization?.replace("Basic ", "") ?? "",
      "base64",
    ).toString();
    const secret = body.get("client_secret") ?? basic.split(":")[1];
    const challenge = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    return asked && secret === "provider-secret" && asked.get("code_challenge") === challenge ? asked : null;
  }

  function idToken(audience: string) {
    const now = Math.floor(Date.now() / 1000);
    const { id, name, email, verified } = state.person;
    const claims = { iss: state.url, aud: audience, sub: String(id), iat: now, exp: now + 300, name, email };
    const parts = [
      { alg: "RS256", kid: "1" },
      { ...claims, email_verified: verified },
    ];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey).toString("base64url")}`;
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  state.url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  return {
    url: state.url,
    /** Change it to sign somebody else in. */
    state,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}

function discovery(url: string) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}
