import { beforeAll, describe, expect, it } from "vitest";
import { forgetEnv } from "@/lib/env";
import { deviceCookie, knownDevice, newDevice } from "./device-cookie";

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://x",
    NEXTAUTH_SECRET: "a secret of more than 32 characters",
    NEXTAUTH_URL: "http://localhost:3000",
  });
  forgetEnv();
});

describe("a device cookie", () => {
  it("is known for the e-mail it was made for, and no other", () => {
    const cookie = newDevice("mara@kontor.example");
    expect(knownDevice(cookie, "Mara@Kontor.example")).toBe(cookie.split(".")[0]);
    expect(knownDevice(cookie, "nobody@kontor.example")).toBeNull();
  });

  it.each([undefined, "", ".", "abc", "abc.", "abc.ZGVm", `${"A".repeat(16)}.${"A".repeat(43)}`])(
    "is unknown when it is %j",
    (cookie) => {
      expect(knownDevice(cookie, "mara@kontor.example")).toBeNull();
    },
  );

  it("is bound to the host where the address is https", () => {
    expect(deviceCookie("https://sheet.example.com").name).toMatch(/^__Host-/);
  });
});
