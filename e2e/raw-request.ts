import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

const kept = new Agent({ keepAlive: true });

/** One request with the path exactly as given: `fetch` would resolve `%2e` and `..` before sending. */
export async function rawRequest(
  address: string,
  asked: RawRequest,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> {
  const response = await answerTo(address, asked, kept);
  return { status: response.statusCode ?? 0, headers: response.headers, text: await text(response) };
}

function answerTo(address: string, asked: RawRequest, agent: Agent | false): Promise<IncomingMessage> {
  const { hostname, port } = new URL(address);
  const { path, method = "GET", headers = {}, body } = asked;
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent }, resolve);
    sent.once("error", (error) => {
      // A kept connection that the server closed at this moment.
      if (sent.reusedSocket) answerTo(address, asked, false).then(resolve, reject);
      else reject(error);
    });
    sent.end(body);
  });
}

type RawRequest = { path: string; method?: string; headers?: Record<string, string>; body?: string };
