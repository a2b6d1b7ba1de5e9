import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** Who signs in at the provider next. */
export type ProviderPerson = { id: number; name: string; email: string; verified: boolean };

export const PROVIDER_SECRET = "provider-secret";
const ACCESS_TOKEN = "token-1";

/**
 * Speaks the parts of GitHub's OAuth and of Google's OpenID Connect that sign-in uses, over real HTTP: codes are
 * single use, PKCE and the client's secret are checked, and id tokens are signed.
 */
export async function startIdentityProvider(person: ProviderPerson) {
  const provider = new IdentityProvider(person);
  await provider.listen();
  return provider;
}

class IdentityProvider {
  url = "";
  private readonly codes = new Map<string, URLSearchParams>();
  private readonly keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  private readonly server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", this.url);
    if (url.pathname.endsWith("/authorize")) {
      return response.writeHead(302, { location: this.sendBack(url.searchParams) }).end();
    }
    const answer = await this.answerTo(request, url.pathname);
    response.writeHead(answer ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { error: "invalid_grant" }));
  });

  /** Change `person` to sign somebody else in. */
  constructor(public person: ProviderPerson) {}

  async listen() {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    const address = this.server.address();
    this.url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  }

  close(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()));
  }

  private sendBack(asked: URLSearchParams): string {
    const code = randomUUID();
    this.codes.set(code, asked);
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state") ?? "");
    return back.href;
  }

  private async answerTo(request: IncomingMessage, path: string): Promise<unknown> {
    const signedIn = request.headers.authorization === `Bearer ${ACCESS_TOKEN}`;
    switch (path) {
      case "/login/oauth/access_token":
        return (await this.redeem(request)) && { access_token: ACCESS_TOKEN, token_type: "bearer" };
      case "/user":
        return signedIn && this.githubProfile();
      case "/user/emails":
        return signedIn && this.githubEmails();
      case "/.well-known/openid-configuration":
        return discovery(this.url);
      case "/jwks":
        return {
          keys: [{ ...this.keys.publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }],
        };
      case "/token": {
        const asked = await this.redeem(request);
        const idToken = asked && this.idToken(asked.get("client_id") ?? "");
        return idToken && { access_token: ACCESS_TOKEN, token_type: "Bearer", id_token: idToken };
      }
      default:
        return null;
    }
  }

  private async redeem(request: IncomingMessage): Promise<URLSearchParams | null> {
    const body = new URLSearchParams(await text(request));
    const code = body.get("code") ?? "";
    const asked = this.codes.get(code);
    this.codes.delete(code);
    const basic = Buffer.from(
      request.headers.authorization?.replace("Basic ", "") ?? "",
      "base64",
    ).toString();
    const secret = body.get("client_secret") ?? basic.split(":")[1];
    const challenge = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    return asked && secret === PROVIDER_SECRET && asked.get("code_challenge") === challenge ? asked : null;
  }

  private githubProfile() {
    // The e-mail shown in public is another one, which nobody verified.
    return { id: this.person.id, login: "octo", name: this.person.name, email: "public@x.example" };
  }

  private githubEmails() {
    return [
      { email: "second@x.example", primary: false, verified: true },
      { email: this.person.email, primary: true, verified: this.person.verified },
    ];
  }

  private idToken(audience: string): string {
    const now = Math.floor(Date.now() / 1000);
    const { id, name, email, verified } = this.person;
    const claims = { iss: this.url, aud: audience, sub: String(id), iat: now, exp: now + 300 };
    const parts = [
      { alg: "RS256", kid: "1" },
      { ...claims, name, email, email_verified: verified },
    ];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(this.keys.privateKey).toString("base64url")}`;
  }
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
