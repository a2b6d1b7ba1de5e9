import { request } from "node:http";

/** One request with the path exactly as given: `fetch` would resolve `%2e` and `..` before sending. */
export function rawRequest(
  address: string,
  { path, method = "GET", headers = {}, body }: RawRequest,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

type RawRequest = { path: string; method?: string; headers?: Record<string, string>; body?: string };
