import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AddressRefused, refusalIn } from "./address-refused";
import { assertPublicUrl, guardedAgent, guardedFetch } from "./guard";
import { isPublicAddress } from "./public-address";

/** Global unicast that nobody was given: a call to it reaches no one. */
const NOBODY = "2d00::1";

let canary: Server;
let port: number;
let seen: string[];

beforeAll(async () => {
  canary = createServer((request, response) => {
    seen.push(`${request.headers.host} ${request.url} ${request.headers.authorization ?? ""}`.trim());
    const to = new URL(request.url ?? "", "http://x").searchParams.get("to");
    response.writeHead(to ? 302 : 200, to ? { location: to } : {}).end("secret");
  });
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  const bound = canary.address();
  port = bound && typeof bound === "object" ? bound.port : 0;
});
beforeEach(() => {
  seen = [];
});
afterAll(() => {
  canary.close();
});

describe("addresses of nobody on the public internet", () => {
  test.each([
    ["127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1"],
    ["100.127.255.255", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1"],
    ["192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7"],
    ["224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1", "192.175.48.1"],
    ["::", "::1", "::7f00:1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1"],
    ["64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1", "2001:10::1"],
    ["2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "fc00::1", "fd12:3456::1", "fe80::1"],
    ["fe80::1%eth0", "fec0::1", "ff02::1", "3fff::1", "5f00::1", "4000::1", "2130706433", "0177.0.0.1"],
    [
      "0x7f.1",
      "127.1",
      "not an address",
      "",
      "localhost",
      "8.8.8.8%1",
      "1.2.3.4.5",
      "2606:4700:4700::1111%eth0",
    ],
  ])("%s, %s, %s, %s, %s, %s … are refused", (...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  test("neighbours of the ranges are public", () => {
    const neighbours = [
      ...["9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0"],
      ...["169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0"],
      ...["198.17.255.255", "198.20.0.0", "223.255.255.255", "1.1.1.1", "2606:4700:4700::1111", "2a00::1"],
      ...["2001:200::1", "2003::1", "3ffe::1", NOBODY],
    ];
    expect(neighbours.filter((address) => !isPublicAddress(address))).toEqual([]);
  });
});

describe("addresses as people write them", () => {
  const spellings = [
    ...["http://127.0.0.1", "http://2130706433", "http://0177.0.0.1", "http://0x7f.1", "http://0x7f000001"],
    ...[
      "http://127.1",
      "http://0",
      "http://①②⑦.⓪.⓪.①",
      "http://127。0。0。1",
      "http:127.0.0.1",
      "http:/127.0.0.1",
    ],
    ...[
      "http:\\\\127.0.0.1",
      "ht\ttp://127.0.0.1",
      "http\n://127.0.0.1",
      " http://127.0.0.1 ",
      "HTTP://127.0.0.1",
    ],
    ...["http://[::1]", "http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]", "http://[0:0:0:0:0:0:0:1]"],
    ...["http://localhost", "http://LOCALHOST.", "http://any.localhost", "http://169.254.169.254/latest"],
    ...[
      "https://10.1.2.3:8443/v1",
      "http://0x0a.0x01.0x02.0x03",
      "http://192.168.0.1.",
      "http://017700000001",
    ],
  ];
  test.each(spellings)("%j is private", (address) => {
    expect(() => assertPublicUrl(address, { allowPrivate: false })).toThrow(new AddressRefused("private"));
  });

  test.each([
    ["file:///etc/passwd", "scheme"],
    ["ftp://example.com", "scheme"],
    ["gopher://example.com", "scheme"],
    ["data:text/plain,x", "scheme"],
    ["javascript:alert(1)", "scheme"],
    ["a@127.0.0.1", "not_an_address"],
    ["http://a@127.0.0.1", "userinfo"],
    ["http://example.com@127.0.0.1", "userinfo"],
    ["https://user:key@example.com", "userinfo"],
    ["example.com/v1", "not_an_address"],
    ["http://", "not_an_address"],
    ["http://999.1.1.1", "not_an_address"],
    ["http://[fe80::1%25eth0]", "not_an_address"],
  ] as const)("%s is refused: %s", (address, because) => {
    for (const allowPrivate of [true, false]) {
      expect(() => assertPublicUrl(address, { allowPrivate })).toThrow(new AddressRefused(because));
    }
  });

  test("public addresses and names pass, on any port", () => {
    for (const address of [
      "https://api.openai.com/v1",
      "http://8.8.8.8:1234",
      "https://[2606:4700::1111]:8443/v1",
    ]) {
      expect(assertPublicUrl(address, { allowPrivate: false }).href).toContain(address);
    }
  });

  test("what is allowed by the operator passes", () => {
    expect(assertPublicUrl("http://127.0.0.1:1234/v1", { allowPrivate: true }).port).toBe("1234");
  });
});

describe("calls", () => {
  const at = (name: string) => `http://${name}:${port}/v1`;
  /** The agent alone, as a caller that forgets every other check uses it. */
  async function call(address: string, answers: string[][]) {
    let asked = 0;
    const agent = guardedAgent({
      allowPrivate: false,
      connectMs: 200,
      resolve: async () => {
        const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
        asked += 1;
        return addresses.map((one) => ({ address: one, family: one.includes(":") ? 6 : 4 }));
      },
    });
    const outcomes: unknown[] = [];
    for (let round = 0; round < answers.length; round += 1) {
      outcomes.push(
        await agent
          .request({ origin: new URL(address).origin, path: "/", method: "GET" })
          .catch((error) => error),
      );
    }
    await agent.close();
    return { outcomes, asked };
  }

  test("a name that answers public first and this machine later reaches nobody here", async () => {
    const { outcomes, asked } = await call(at("rebind.example"), [[NOBODY], ["127.0.0.1"], ["::1"]]);
    expect(asked).toBe(3);
    expect(refusalIn(outcomes[0])).toBeNull();
    expect(outcomes.slice(1).map(refusalIn)).toEqual(Array(2).fill(new AddressRefused("private")));
    expect(seen).toEqual([]);
  });

  test("one private address among public ones refuses the name", async () => {
    for (const answer of [[NOBODY, "127.0.0.1"], ["127.0.0.1", NOBODY], ["::ffff:127.0.0.1"], []]) {
      const { outcomes } = await call(at("mixed.example"), [answer]);
      expect(refusalIn(outcomes[0])?.because, answer.join()).toBe("private");
    }
    expect(seen).toEqual([]);
  });

  test("an address that is never looked up is refused too", async () => {
    for (const host of ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]) {
      const { outcomes, asked } = await call(at(host), [[NOBODY]]);
      expect(refusalIn(outcomes[0])?.because, host).toBe("private");
      expect(asked).toBe(0);
    }
    expect(seen).toEqual([]);
  });

  test("the resolver of this machine is not believed either", async () => {
    const agent = guardedAgent({ allowPrivate: false });
    for (const name of ["localhost", "127.0.0.1"]) {
      const attempt = agent.request({ origin: `http://${name}:${port}`, path: "/", method: "GET" });
      expect(refusalIn(await attempt.catch((error) => error))?.because).toBe("private");
    }
    await agent.close();
    expect(seen).toEqual([]);
  });
});

describe("redirects", () => {
  /** Only the first hop may lie here, since no test server is public. */
  const hop = () =>
    guardedAgent({ allowPrivate: true, resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
  const from = (to: string) => `http://hop.example:${port}/?to=${encodeURIComponent(to)}`;
  const get = (address: string, redirects: number) =>
    guardedFetch(address, {
      agent: hop(),
      allowPrivate: false,
      redirects,
      headers: { authorization: "Bearer key" },
    });

  test("are not followed at all by default", async () => {
    const error = await get(from(`http://other.example:${port}/`), 0).catch((reason) => reason);
    expect(error).toEqual(new AddressRefused("redirect"));
    expect(seen).toHaveLength(1);
  });

  test("are followed as often as was said, without the key", async () => {
    const two = from(from(`http://end.example:${port}/`));
    expect(await (await get(two, 2)).text()).toBe("secret");
    expect(seen.map((one) => one.includes("Bearer"))).toEqual([true, false, false]);
    await expect(get(two, 1)).rejects.toEqual(new AddressRefused("redirect"));
  });

  test.each([
    "http://169.254.169.254/latest/meta-data",
    "http://127.0.0.1",
    "http://[::1]",
    "file:///etc/passwd",
  ])("to %s end there", async (target) => {
    const error = await get(from(target), 3).catch((reason) => reason);
    expect(error).toBeInstanceOf(AddressRefused);
    expect(seen).toHaveLength(1);
  });
});
